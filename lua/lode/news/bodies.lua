--- Words that make an organisation of the capitalized words around them: data, read by places.lua.
---
--- Folded, with a blank between them; `known` and `acronym` as written, names of more than one word between slashes.
return {
  -- "Tsinghua University", "the Foreign Ministry", "Acme Holdings"
  last = [[ university college school institute academy ministry department agency bureau office commission committee
    council court parliament congress senate assembly board bank corp corp. corporation co co. company companies inc inc.
    ltd ltd. llc plc ag gmbh group holdings industries partners party union league federation association foundation
    society club church hospital clinic museum library laboratory laboratories lab administration authority service services
    force forces command army navy guard corps police times post journal news tribune herald gazette guardian observer
    telegraph review magazine press agency broadcasting network channel radio television tv centre center fund trust alliance
    coalition organization organisation initiative campaign center front movement brigade brigades airlines airways motors
    systems technologies software energy resources capital securities insurance airline theatre theater orchestra ]],
  -- "the Ministry of Water", "Bank of Harrowgate"
  first = [[ ministry department university institute academy bank bureau office commission committee council court college
    school house federation association union league society church party center centre agency fund board chamber
    organization organisation confederation academy republic kingdom ]],
  acronym = [[ NATO UN EU FBI CIA NSA WHO WTO IMF OPEC OSCE IAEA UNICEF UNESCO UNHCR ASEAN AU ECB SEC FCC FDA EPA NASA IRS DEA
    ICE TSA HUD DOJ DHS DOD GOP DNC RNC NRA ACLU NAACP AFL CIO AARP MI5 MI6 KGB FSB GRU SVR BND IRA PLO PKK ISIS ISIL IS
    BBC CNN NBC CBS ABC MSNBC NPR PBS AP AFP UPI DPA ANSA TASS RIA IBM GE GM AT&T BP HSBC UBS BMW VW SAP KPMG NFL NBA MLB NHL FIFA UEFA
    IOC NCAA MIT UCLA NYU ESPN HBO MTV PBOC IDF IRGC AIPAC CDC NIH FEMA FEC CNBC WSJ NYT LDP CDU CSU SPD FDP AfD ANC BJP ]],
  known = [[Reuters/Associated Press/Agence France-Presse/Xinhua/Interfax/Bloomberg News/Bloomberg/Al Jazeera/Fox News/Sky News/
    Washington Post/New York Times/Wall Street Journal/Financial Times/Los Angeles Times/USA Today/The Economist/The Guardian/Le Monde/Der Spiegel/
    Politico/Axios/Breitbart/BuzzFeed/Facebook/Twitter/Instagram/YouTube/Google/Apple/Microsoft/Amazon/Netflix/Boeing/Airbus/Gazprom/Rosneft/Siemens/
    Volkswagen/Toyota/Honda/Sony/Samsung/Huawei/Alibaba/Tencent/Intel/Nvidia/Exxon/Exxon Mobil/Chevron/Walmart/Wal-Mart/Enron/Goldman Sachs/
    Morgan Stanley/JPMorgan/JPMorgan Chase/Lehman Brothers/Deutsche Bank/Citigroup/Wells Fargo/Merrill Lynch/
    Hamas/Hezbollah/Taliban/al-Qaeda/Al Qaeda/Islamic State/Boko Haram/Fatah/Red Cross/Human Rights Watch/Amnesty International/Greenpeace/
    European Union/European Commission/European Parliament/United Nations/Security Council/World Bank/Federal Reserve/Supreme Court/
    House of Representatives/House of Commons/House of Lords/State Duma/Duma/Knesset/Verkhovna Rada/Bundesbank/Labour/Likud/Quinnipiac/Gallup/
    Republican National Committee/Democratic National Committee/Planned Parenthood/Harvard/Yale/Stanford/Princeton/Cambridge]],
  government = [[ government administration ]],
}
