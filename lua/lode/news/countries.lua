--- Countries, peoples, capitals, and large cities: data, read by places.lua's readers.
---
--- General knowledge, written down for lode; the codes are those of ISO 3166-1.  A line of `countries` is
--- `CODE country/other name; people/adjective ...; capital/other capital`, names with blanks in them as they are written.
return {
  countries = [[
AF Afghanistan; Afghan/Afghans; Kabul
AL Albania; Albanian/Albanians; Tirana
DZ Algeria; Algerian/Algerians; Algiers
AD Andorra; Andorran/Andorrans; Andorra la Vella
AO Angola; Angolan/Angolans; Luanda
AG Antigua and Barbuda; Antiguan/Antiguans; Saint John's
AR Argentina; Argentine/Argentinian/Argentines/Argentinians; Buenos Aires
AM Armenia; Armenian/Armenians; Yerevan
AU Australia; Australian/Australians/Aussie; Canberra
AT Austria; Austrian/Austrians; Vienna
AZ Azerbaijan; Azerbaijani/Azerbaijanis/Azeri/Azeris; Baku
BS Bahamas; Bahamian/Bahamians; Nassau
BH Bahrain; Bahraini/Bahrainis; Manama
BD Bangladesh; Bangladeshi/Bangladeshis; Dhaka
BB Barbados; Barbadian/Barbadians; Bridgetown
BY Belarus/Byelorussia; Belarusian/Belarusians/Belarussian; Minsk
BE Belgium; Belgian/Belgians; Brussels
BZ Belize; Belizean/Belizeans; Belmopan
BJ Benin; Beninese; Porto-Novo
BT Bhutan; Bhutanese; Thimphu
BO Bolivia; Bolivian/Bolivians; La Paz/Sucre
BA Bosnia and Herzegovina/Bosnia; Bosnian/Bosnians; Sarajevo
BW Botswana; Botswanan/Botswanans; Gaborone
BR Brazil; Brazilian/Brazilians; Brasilia/Brasília
BN Brunei; Bruneian/Bruneians; Bandar Seri Begawan
BG Bulgaria; Bulgarian/Bulgarians; Sofia
BF Burkina Faso; Burkinabe; Ouagadougou
BI Burundi; Burundian/Burundians; Bujumbura/Gitega
KH Cambodia; Cambodian/Cambodians; Phnom Penh
CM Cameroon; Cameroonian/Cameroonians; Yaounde/Yaoundé
CA Canada; Canadian/Canadians; Ottawa
CV Cape Verde; Cape Verdean; Praia
CF Central African Republic; Central African; Bangui
TD Chad; Chadian/Chadians; N'Djamena
CL Chile; Chilean/Chileans; Santiago
CN China/People's Republic of China/PRC; Chinese; Beijing/Peking
CO Colombia; Colombian/Colombians; Bogota/Bogotá
KM Comoros; Comoran/Comorans; Moroni
CD Democratic Republic of Congo/Congo/DRC/Zaire; Congolese; Kinshasa
CG Republic of Congo; Congolese; Brazzaville
CR Costa Rica; Costa Rican/Costa Ricans; San Jose/San José
HR Croatia; Croatian/Croatians/Croat/Croats; Zagreb
CU Cuba; Cuban/Cubans; Havana
CY Cyprus; Cypriot/Cypriots; Nicosia
CZ Czech Republic/Czechia; Czech/Czechs; Prague
DK Denmark; Danish/Dane/Danes; Copenhagen
DJ Djibouti; Djiboutian/Djiboutians; Djibouti City
DM Dominica; ; Roseau
DO Dominican Republic; Dominican/Dominicans; Santo Domingo
EC Ecuador; Ecuadorian/Ecuadorians; Quito
EG Egypt; Egyptian/Egyptians; Cairo
SV El Salvador; Salvadoran/Salvadorans; San Salvador
GQ Equatorial Guinea; Equatorial Guinean; Malabo
ER Eritrea; Eritrean/Eritreans; Asmara
EE Estonia; Estonian/Estonians; Tallinn
SZ Eswatini/Swaziland; Swazi/Swazis; Mbabane
ET Ethiopia; Ethiopian/Ethiopians; Addis Ababa
FJ Fiji; Fijian/Fijians; Suva
FI Finland; Finnish/Finn/Finns; Helsinki
FR France; French/Frenchman/Frenchwoman; Paris
GA Gabon; Gabonese; Libreville
GM Gambia; Gambian/Gambians; Banjul
GE Georgia; Georgian/Georgians; Tbilisi
DE Germany/West Germany/East Germany; German/Germans; Berlin/Bonn
GH Ghana; Ghanaian/Ghanaians; Accra
GR Greece; Greek/Greeks; Athens
GD Grenada; Grenadian/Grenadians; Saint George's
GT Guatemala; Guatemalan/Guatemalans; Guatemala City
GN Guinea; Guinean/Guineans; Conakry
GW Guinea-Bissau; ; Bissau
GY Guyana; Guyanese; Georgetown
HT Haiti; Haitian/Haitians; Port-au-Prince
HN Honduras; Honduran/Hondurans; Tegucigalpa
HK Hong Kong; Hongkonger/Hongkongers;
HU Hungary; Hungarian/Hungarians; Budapest
IS Iceland; Icelandic/Icelander/Icelanders; Reykjavik
IN India; Indian/Indians; New Delhi/Delhi
ID Indonesia; Indonesian/Indonesians; Jakarta
IR Iran/Islamic Republic of Iran; Iranian/Iranians; Tehran/Teheran
IQ Iraq; Iraqi/Iraqis; Baghdad
IE Ireland; Irish/Irishman; Dublin
IL Israel; Israeli/Israelis; Jerusalem
IT Italy; Italian/Italians; Rome
CI Ivory Coast; Ivorian/Ivorians; Yamoussoukro/Abidjan
JM Jamaica; Jamaican/Jamaicans; Kingston
JP Japan; Japanese; Tokyo
JO Jordan; Jordanian/Jordanians; Amman
KZ Kazakhstan; Kazakh/Kazakhs/Kazakhstani; Astana/Nur-Sultan
KE Kenya; Kenyan/Kenyans; Nairobi
KI Kiribati; ; Tarawa
KP North Korea/DPRK; North Korean/North Koreans; Pyongyang
KR South Korea/Republic of Korea/Korea; South Korean/South Koreans/Korean/Koreans; Seoul
XK Kosovo; Kosovar/Kosovars; Pristina
KW Kuwait; Kuwaiti/Kuwaitis; Kuwait City
KG Kyrgyzstan; Kyrgyz; Bishkek
LA Laos; Laotian/Laotians; Vientiane
LV Latvia; Latvian/Latvians; Riga
LB Lebanon; Lebanese; Beirut
LS Lesotho; Basotho; Maseru
LR Liberia; Liberian/Liberians; Monrovia
LY Libya; Libyan/Libyans; Tripoli
LI Liechtenstein; ; Vaduz
LT Lithuania; Lithuanian/Lithuanians; Vilnius
LU Luxembourg; Luxembourger; 
MO Macau/Macao; ;
MG Madagascar; Malagasy; Antananarivo
MW Malawi; Malawian/Malawians; Lilongwe
MY Malaysia; Malaysian/Malaysians; Kuala Lumpur
MV Maldives; Maldivian/Maldivians; Male
ML Mali; Malian/Malians; Bamako
MT Malta; Maltese; Valletta
MR Mauritania; Mauritanian/Mauritanians; Nouakchott
MU Mauritius; Mauritian/Mauritians; Port Louis
MX Mexico; Mexican/Mexicans; Mexico City
MD Moldova; Moldovan/Moldovans; Chisinau
MC Monaco; Monegasque;
MN Mongolia; Mongolian/Mongolians; Ulaanbaatar/Ulan Bator
ME Montenegro; Montenegrin/Montenegrins; Podgorica
MA Morocco; Moroccan/Moroccans; Rabat
MZ Mozambique; Mozambican/Mozambicans; Maputo
MM Myanmar/Burma; Burmese; Naypyidaw/Yangon/Rangoon
NA Namibia; Namibian/Namibians; Windhoek
NP Nepal; Nepali/Nepalese; Kathmandu
NL Netherlands/The Netherlands/Holland; Dutch/Dutchman; The Hague/Amsterdam
NZ New Zealand; New Zealander/New Zealanders/Kiwi; Wellington
NI Nicaragua; Nicaraguan/Nicaraguans; Managua
NE Niger; Nigerien/Nigeriens; Niamey
NG Nigeria; Nigerian/Nigerians; Abuja
MK North Macedonia/Macedonia; Macedonian/Macedonians; Skopje
NO Norway; Norwegian/Norwegians; Oslo
OM Oman; Omani/Omanis; Muscat
PK Pakistan; Pakistani/Pakistanis; Islamabad
PS Palestine/Palestinian territories; Palestinian/Palestinians; Ramallah
PA Panama; Panamanian/Panamanians; Panama City
PG Papua New Guinea; Papuan/Papuans; Port Moresby
PY Paraguay; Paraguayan/Paraguayans; Asuncion/Asunción
PE Peru; Peruvian/Peruvians; Lima
PH Philippines; Filipino/Filipinos/Philippine; Manila
PL Poland; Polish/Pole/Poles; Warsaw
PT Portugal; Portuguese; Lisbon
PR Puerto Rico; Puerto Rican/Puerto Ricans; San Juan
QA Qatar; Qatari/Qataris; Doha
RO Romania; Romanian/Romanians; Bucharest
RU Russia/Russian Federation/Soviet Union/USSR; Russian/Russians/Soviet/Soviets; Moscow
RW Rwanda; Rwandan/Rwandans; Kigali
WS Samoa; Samoan/Samoans; Apia
SA Saudi Arabia/Saudi; Saudi Arabian/Saudi/Saudis; Riyadh
SN Senegal; Senegalese; Dakar
RS Serbia/Yugoslavia; Serbian/Serbians/Serb/Serbs/Yugoslav; Belgrade
SC Seychelles; ; 
SL Sierra Leone; Sierra Leonean; Freetown
SG Singapore; Singaporean/Singaporeans;
SK Slovakia; Slovak/Slovaks/Slovakian; Bratislava
SI Slovenia; Slovenian/Slovenians/Slovene/Slovenes; Ljubljana
SB Solomon Islands; ; Honiara
SO Somalia; Somali/Somalis/Somalian; Mogadishu
ZA South Africa; South African/South Africans; Pretoria/Cape Town
SS South Sudan; South Sudanese; Juba
ES Spain; Spanish/Spaniard/Spaniards; Madrid
LK Sri Lanka; Sri Lankan/Sri Lankans; Colombo
SD Sudan; Sudanese; Khartoum
SR Suriname; Surinamese; Paramaribo
SE Sweden; Swedish/Swede/Swedes; Stockholm
CH Switzerland; Swiss; Bern/Berne
SY Syria; Syrian/Syrians; Damascus
TW Taiwan; Taiwanese; Taipei
TJ Tajikistan; Tajik/Tajiks; Dushanbe
TZ Tanzania; Tanzanian/Tanzanians; Dodoma/Dar es Salaam
TH Thailand; Thai/Thais; Bangkok
TL East Timor/Timor-Leste; Timorese; Dili
TG Togo; Togolese; Lome/Lomé
TO Tonga; Tongan/Tongans; 
TT Trinidad and Tobago/Trinidad; Trinidadian; Port of Spain
TN Tunisia; Tunisian/Tunisians; Tunis
TR Turkey/Türkiye/Turkiye; Turkish/Turk/Turks; Ankara
TM Turkmenistan; Turkmen; Ashgabat
UG Uganda; Ugandan/Ugandans; Kampala
UA Ukraine; Ukrainian/Ukrainians; Kyiv/Kiev
AE United Arab Emirates/UAE/Emirates; Emirati/Emiratis; Abu Dhabi
GB United Kingdom/UK/U.K./Britain/Great Britain/England; British/Briton/Britons/English; London
US United States/US/U.S./USA/U.S.A./United States of America/America; American/Americans; Washington
UY Uruguay; Uruguayan/Uruguayans; Montevideo
UZ Uzbekistan; Uzbek/Uzbeks; Tashkent
VU Vanuatu; ; Port Vila
VA Vatican/Vatican City/Holy See; ; 
VE Venezuela; Venezuelan/Venezuelans; Caracas
VN Vietnam/North Vietnam/South Vietnam; Vietnamese; Hanoi
YE Yemen; Yemeni/Yemenis; Sanaa/Sana'a
ZM Zambia; Zambian/Zambians; Lusaka
ZW Zimbabwe/Rhodesia; Zimbabwean/Zimbabweans; Harare
]],
  -- Cities, states, regions and waters, between slashes.
  others = [[
Aleppo/Alexandria/Amritsar/Antwerp/Auckland/Bahia/Bali/Baltimore/Barcelona/Basel/Basra/Beersheba/Benghazi/Bergamo/Bergen/Bilbao/Birmingham/
Bologna/Bombay/Bordeaux/Boston/Bremen/Brisbane/Bristol/Brooklyn/Buffalo/Busan/Calcutta/Calgary/Casablanca/Chechnya/Chennai/Chicago/
Cincinnati/Cleveland/Cologne/Cracow/Crimea/Dallas/Darfur/Denver/Detroit/Donbas/Donbass/Donetsk/Dortmund/Dresden/Dubai/Durban/Düsseldorf/
Edinburgh/Edmonton/Essen/Fallujah/Florence/Frankfurt/Fukushima/Gaza/Gaza City/Gaza Strip/Gdansk/Geneva/Genoa/Ghent/Glasgow/Golan Heights/Gothenburg/Grozny/
Guangdong/Guangzhou/Haifa/Halifax/Hamburg/Hebron/Helmand/Hiroshima/Ho Chi Minh City/Houston/Hyderabad/Incheon/Indianapolis/Istanbul/
Jeddah/Jenin/Johannesburg/Kabylia/Kandahar/Karachi/Karbala/Kashmir/Kharkiv/Kharkov/Kherson/Kobe/Kolkata/Krakow/Kursk/Kyoto/Lagos/Lahore/Las Vegas/Lausanne/Leeds/Leipzig/
Liverpool/Los Angeles/Luhansk/Lugansk/Lviv/Lyon/Lyons/Macedonia/Malmö/Manchester/Manhattan/Mariupol/Marseille/Marseilles/Mecca/Medina/Melbourne/
Miami/Milan/Milwaukee/Minneapolis/Monterrey/Montreal/Mosul/Mumbai/Munich/Nagasaki/Najaf/Naples/Newcastle/New Orleans/New York/New York City/
Nablus/Odesa/Odessa/Oakland/Osaka/Oxford/Palermo/Peshawar/Philadelphia/Phoenix/Pittsburgh/Porto/Portland/Quebec/Queens/Queensland/Rafah/
Rawalpindi/Rio de Janeiro/Rotterdam/Saint Petersburg/St. Petersburg/St Petersburg/Saigon/Salisbury/Salt Lake City/Salzburg/San Antonio/San Diego/
San Francisco/Sao Paulo/São Paulo/Sapporo/Sardinia/Seattle/Sevastopol/Seville/Shanghai/Sharm el-Sheikh/Shenzhen/Sicily/Silicon Valley/Sinai/Sochi/
Srinagar/St. Louis/Strasbourg/Stuttgart/Sydney/Tampa/Tel Aviv/Tibet/Tikrit/Timbuktu/Toronto/Transnistria/Trieste/Turin/Ulster/Utrecht/Valencia/
Vancouver/Venice/Vladivostok/Volgograd/Winnipeg/Wroclaw/Wuhan/Xinjiang/Yalta/Yokohama/Zaporizhzhia/Zurich/Zürich/Abuja/Anchorage/Davos/
Alabama/Alaska/Arizona/Arkansas/California/Colorado/Connecticut/Delaware/Florida/Hawaii/Idaho/Illinois/Indiana/Iowa/Kansas/Kentucky/Louisiana/
Maine/Maryland/Massachusetts/Michigan/Minnesota/Mississippi/Missouri/Montana/Nebraska/Nevada/New Hampshire/New Jersey/New Mexico/North Carolina/
North Dakota/Ohio/Oklahoma/Oregon/Pennsylvania/Rhode Island/South Carolina/South Dakota/Tennessee/Texas/Utah/Vermont/Washington state/Washington D.C./
Washington DC/West Virginia/Wisconsin/Wyoming/District of Columbia/
Alberta/Bavaria/British Columbia/Catalonia/Chiapas/Corsica/Flanders/Galicia/Kurdistan/Lombardy/Manitoba/New South Wales/Northern Ireland/
Nova Scotia/Ontario/Provence/Punjab/Saskatchewan/Saxony/Scotland/Siberia/Sindh/Tasmania/Tuscany/Tyrol/Wales/Wallonia/Yorkshire/
Africa/Antarctica/Asia/Balkans/Baltics/Caribbean/Caucasus/Central Asia/Europe/Eastern Europe/Western Europe/Far East/Latin America/Middle East/
North Africa/North America/Scandinavia/South America/Southeast Asia/West Africa/West Bank/East Asia/
Atlantic/Atlantic Ocean/Pacific/Pacific Ocean/Indian Ocean/Arctic/Baltic Sea/Black Sea/Caspian Sea/Mediterranean/Mediterranean Sea/North Sea/
Red Sea/Sea of Azov/South China Sea/East China Sea/Persian Gulf/Gulf of Mexico/Suez Canal/Panama Canal/Strait of Hormuz/Taiwan Strait/
Alps/Andes/Himalayas/Urals/Amazon/Danube/Euphrates/Ganges/Mekong/Nile/Rhine/Thames/Tigris/Volga/Yangtze/Dnieper/Dnipro
]],
  -- Words that make a place of the name before or after them.
  after = [[ street st. avenue ave. ave road rd. boulevard blvd lane drive square plaza park bridge river lake bay beach island islands
    mountain mountains mount hills valley desert forest county parish province district borough city town township village heights
    airport station canal strait gulf ocean sea peninsula cape falls springs creek harbor harbour ]],
  before = [[ mount mt. lake cape gulf strait river port fort isle bay san santa santo los las el saint st. new north south east west
    northern southern eastern western central upper lower ]],
  -- What stands for a government when it speaks or acts.
  metonyms = [[
RU Kremlin
US White House/Oval Office/Pentagon/State Department/Foggy Bottom/Capitol Hill
GB Downing Street/Whitehall/Number 10/No 10/Buckingham Palace
FR Elysee/Élysée/Elysée/Elysee Palace/Élysée Palace/Quai d'Orsay
DE Bundestag/Chancellery
IN South Block
KR Blue House
CN Zhongnanhai
UA Bankova
TR Sublime Porte
JP Kantei
VA Holy See/Vatican
]],
}
