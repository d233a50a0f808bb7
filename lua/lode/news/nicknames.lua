--- Short forms of given names, and one given name in several spellings: data, read by variants.lua.
---
--- General knowledge, written down for lode.  Folded, without accents; a line of `short` is a name with its short forms, a line
--- of `spellings` names that are one, a line of `counterparts` names that a person is called by in two languages.
return {
  short = [[
abigail abby gail
abraham abe bram
albert al bert bertie albie
alejandro alex ale
alexander alex alec sandy xander sasha lex al
alexandra alex sandra sandy lexi sasha alexa
alfred al fred alf alfie freddie
alice ali
allison allie ali
amanda mandy
andrea andi
andrew andy drew
angela angie
anne annie nan nancy
anthony tony ant
antonio tony toni
archibald archie
arnold arnie
arthur art artie
augustus gus
barbara barb babs barbie
bartholomew bart
beatrice bea trixie
benjamin ben benny benji
bernard bernie barney
bertrand bert
beverly bev
bradley brad
bradford brad
brandon bran
bridget biddy bridie
byron by
calvin cal
cameron cam
carolyn carol lyn
caroline carrie caro
catherine cathy kate katie cat cathie kitty
cecilia cecily celia cece
charles charlie chuck chaz chas chip
charlotte lottie charlie
chester chet
christina chris tina chrissy christy
christine chris chrissy christy tina
christopher chris topher kit
christian chris
clarence clare
clifford cliff
clinton clint
constance connie
cornelius neil corny
curtis curt
cynthia cindy
daniel dan danny
danielle dani
david dave davy
deborah deb debbie debby debra
dennis denny
derrick rick
dominic dom nick
donald don donnie donny
dorothy dot dottie dolly
douglas doug
dwight ike
edgar ed
edmund ed eddie ted
edward ed eddie ted teddy ned eddy
edwin ed eddie win
eleanor ellie nell nora
elijah eli
elizabeth liz beth betsy betty eliza lizzie lisa libby bess bessie liza elise
emily em emmy
emmanuel manny
ernest ernie
eugene gene
evelyn eve evie
ezekiel zeke
florence flo
frances fran frannie francie
francis frank fran
francisco paco pancho cisco
franklin frank
frederick fred freddie freddy rick
gabriel gabe
gabrielle gabby
geoffrey geoff jeff
george georgie
gerald gerry jerry
gerard gerry jerry
gilbert gil bert
gregory greg gregg
guillermo memo
gwendolyn gwen
harold hal harry
harriet hattie
helen nell
henry hank harry hal
herbert herb bert herbie
howard howie
hubert hugh bert
ignacio nacho
isaac ike zac
isabella bella izzy
isidore izzy
jacob jake
jacqueline jackie
james jim jimmy jamie jimmie jem
jane janie
janet jan
jason jay
jeffrey jeff
jennifer jen jenny jenna
jeremiah jerry
jeremy jerry
jerome jerry
jesus chuy
jessica jess jessie
joan joanie
john jack johnny jon johnnie
jonathan jon john jonny
joseph joe joey jo
jose pepe
josephine jo josie
joshua josh
judith judy judi
julia julie
julian jules
katherine kate kathy katie kat kathie kitty kay
kathleen kathy kate katie kath
kathryn kate kathy katie
kenneth ken kenny
kimberly kim
kimberlyn kim kimberly
laura laurie
lawrence larry laurie
leonard len lenny leo
leonardo leo
leopold leo
leslie les
lewis lew lou
lillian lily lil
louis lou louie
louise lou
lucille lucy
luis lou
magdalena maggie
manuel manny manolo
marcus marc mark
margaret maggie meg peggy marge margie peg greta rita daisy
martin marty
martha marty
mary molly polly mamie may
matilda tilly
matthew matt
maurice mo maury
maximilian max
maxwell max
melissa mel missy
melvin mel
michael mike mick mickey mikey
michelle shelly shell micki
mildred millie
miriam mimi
mitchell mitch
mohammed mo
montgomery monty
nancy nan
nathan nat nate
nathaniel nat nate nathan
nicholas nick nicky nico
nicolas nick nico
nicole nikki nicky
norman norm
oliver ollie
olivia liv
oswald oz ozzie
pamela pam
patricia pat patty trish tricia patti patsy
patrick pat paddy rick
paul paulie
penelope penny
peter pete
philip phil pip
phillip phil pip
phyllis phil
rachel rae
randall randy rand
randolph randy
raphael rafe raf
raymond ray
rebecca becky becca
reginald reggie reg
reuben rube
richard rick dick rich ricky richie dickie
robert bob rob bobby robbie bert robby
roberta bobbie
roderick rod rick
rodney rod
roger rodge
roland rollie
ronald ron ronnie ronny
rosemary rosie rose
rudolph rudy
rudolf rudi
russell russ rusty
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sally sadie
sebastian seb bastian
seymour sy
sheldon shelly
sidney sid
solomon sol
sophia sophie
stanley stan
stephanie steph
stephen steve stevie
steven steve stevie
stewart stu
stuart stu
susan sue susie suzy
susanna sue susie
sylvester sly
teresa terry tess terri
terrence terry
thaddeus thad tad
theodore ted teddy theo
theresa terry tess
thomas tom tommy
timothy tim timmy
tobias toby
valerie val
vernon vern
veronica ronnie roni
victor vic
victoria vicky vicki tori
vincent vince vin vinny vinnie
virginia ginny ginger
vivian viv
vladimir vlad vova volodya
walter walt wally
wendell wen
wesley wes
wilbur will
wilfred fred will
william bill will billy willie willy liam
winston win
woodrow woody
yasser yasir
zachary zach zack zak
zachariah zach zack
mikhail misha
nikolai kolya
dmitry dima mitya
alexei alyosha lyosha
aleksandr sasha alex
yevgeny zhenya
yuri yura
ivan vanya
sergei seryozha
anastasia nastya stacy
yekaterina katya
maria masha
tatyana tanya
natalya natasha
johannes hans johann jan
josef sepp jupp
maximilien max
giuseppe beppe
giovanni gianni
luigi gigi
fernando nando
roberto beto
humberto beto
alberto beto
eduardo edu lalo
enrique quique kike
rafael rafa
daniel dani
salvador chava
antonin tonda
ekaterina katya
katarzyna kasia
malgorzata gosia
  ]],
  spellings = [[
yuri yury yuriy iurii iouri jurij juri youri
sergei sergey sergej serguei
alexei alexey aleksei aleksey alexej
andrei andrey andrej
dmitri dmitry dmitriy dmitrii dimitri dimitry
evgeny yevgeny evgeni yevgeni evgenii yevgeniy evgeniy
nikolai nikolay nikolaj nicolai
mikhail mikhael mihail michail mikail
vasily vasili vassily vasiliy
vitaly vitali vitaliy
valery valeri valeriy
gennady gennadi gennadiy
anatoly anatoli anatoliy
arkady arkadi arkadiy
georgy georgi georgiy
grigory grigori grigoriy
leonid leonyd
pyotr petr piotr
aleksandr alexander alexandr aleksander alexandre
vyacheslav viacheslav vjaceslav
volodymyr volodimir wolodymyr
serhiy serhii sergiy sergii
oleksandr olexandr
dmytro dmitro
andriy andrii andrij
mykhailo mykhaylo mihailo
mykola mikola
oleksiy oleksii
yevhen yevgen evhen
yulia yuliya julia iulia yuliia
tatyana tatiana tatjana
natalia natalya nataliya natalija
maria mariya mariia
anastasia anastasiya anastasiia
ksenia kseniya xenia
mohammed muhammad mohamed mohammad muhammed mohamad muhamad mohamud mehmed
ahmed ahmad achmed
mahmoud mahmud mahmood
hussein husain hussain hossein husayn hosein hussien
hassan hasan
ali aly
ibrahim ebrahim
ismail ismael esmail
yusuf yousef youssef yusef josef youssouf yousuf
omar omer umar
osama usama
abdullah abdallah abdulla
abdul abdel abdal abdoul
khaled khalid
walid waleed
saeed said sayed saied
tariq tarek tareq
moammar muammar mu'ammar moamar muamar
yasser yasir yaser
bashar bachar
rashid rasheed
jamal gamal djamal
hamid hameed
karim kareem
salim salem saleem
fatima fatma fatimah
aisha ayesha aicha
leila layla leyla laila leyla
steven stephen
jeffrey geoffrey
catherine katherine kathryn katharine catharine
sara sarah
ann anne
eric erik
marc mark
philip phillip
alan allan allen
brian bryan
carl karl
nicolas nicholas
rafael raphael
teresa theresa
elisabeth elizabeth
isabel isobel
debora deborah
lindsay lindsey
geoff jeff
jon john
jørgen jorgen joergen
jurgen juergen
gunter guenter gunther guenther
jorg joerg
soren soeren
bjorn bjoern
  ]],
  counterparts = [[
vladimir volodymyr
sergei serhiy sergey serhii
alexander oleksandr aleksandr
alexei oleksiy alexey
nikolai mykola nikolay
mikhail mykhailo
andrei andriy andrey
dmitry dmytro dmitri
yevgeny yevhen evgeny
pavel pavlo
pyotr petro
yelena olena elena
irina iryna
yulia yuliia
valentin valentyn
vitaly vitalii
kirill kyrylo
natalia nataliia
tatyana tetiana tetyana
anna hanna
katarina kateryna ekaterina yekaterina
  ]],
}
