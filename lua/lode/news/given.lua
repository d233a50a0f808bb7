--- Given names, folded, with a blank between them: data, read by people.lua.
---
--- General knowledge, written down for lode: the names that news in English meets most.  A name that is both stands in
--- `both`.  `word` lists those that are words, months or places as well ("Will", "April", "Paris"): alone they name nobody.
return {
  male = [[
    carter dexter parker preston jefferson clark
    jeb rahm robby antonin khizr ehud yair khan imran tayyip binali ferhat selahattin devlet abdelaziz abdelmadjid
    abbas abelardo achmed adlai alastor alec alistair alton amar americo amory ansgar arlo armond artie ashton asher august
    avery baldwin barrie barrington bashir bentley bevan blake bobbie booker boyd brayden breck brenton brock buddy burgess
    byung cade caden cal carlyle carson cary chase chauncey chet chuy clark cleveland clovis colby cole colton cooper corbin
    cortez cruz cullen cyprian dallin damon darin darrel darrin davey davis deacon demarcus dewayne dewey dick dillon domingo
    donnell dorian duff dustin dusty easton edison eldon eldridge elgin ellsworth elwood emery enos ephraim errol ervin everett
    ezio farrell felton ferris fletcher florian forrest fredrick garland garrett garrick gaylord geert gil gilbert giles
    graydon griffin grover hakeem hal harley harmon harper harvey hayes hollis homer hoyt hudson huey hugo hunter irwin irvin isidore
    jabari jake jalen jamaal jarrett jarrod jarvis javon jayson jedidiah jefferson jerald jeremie jermaine jethro jock johnathon
    josiah judson junior kadeem kane kareem kasey keegan keenan kellan kelvin kermit keshawn khalil king kip kirby kobe kurtis
    lafayette lamont landon lane lavern leland lemuel leopold lester lincoln lindsey linwood lon lonnie lowell loyd lucius lyman
    malcom manny marcellus marlin marlow maverick maximo maxwell maynard mckinley merle merrill mervin mickey millard milo monroe
    morton murphy myron napoleon nathanial ned newt niles nolan odell orson orval oswaldo otha palmer pascal patton pedro percival
    phineas piers porfirio pramod quentin quinton ramsey randal raheem raleigh rashawn raymundo reed refugio reid rhett rhys rigoberto
    ritchie robb rocky roderic rollin roosevelt royce rubin rudolfo russel salud sampson sanford santos saxby schuyler sebastián
    shelton sherwood shon simon skyler solon spiro stevan stevie stewart suhas sylvester tad taj tayyip terrill theron thurman titus tobin tracey
    trenton trey tristram tucker tyrell tyree ulises val vernell verne vicente vijayan virgil waldo walker walton ward waylon weldon
    wendall wesley weston wilburn wilbert wilford willard willis windsor winford winthrop woodrow xander yancey yul zachariah zachery zeke
    aaron abdel abdou abdul abdullah abdulla abdulaziz abdurrahman abe abel abraham achim adam adamu adel adnan adolf
    adolfo adrian adriano agustin ahmad ahmed ahmet aidan akbar akihito akim akira al aladdin alain alan alastair
    albert alberto alejandro aleksandar aleksander aleksandr aleksei aleksey alessandro alessio alex alexander
    alexandre alexandros alexandru alexei alexey alexis alfonso alfred alfredo ali alfie allan allen alonso alonzo
    alphonse alvaro alvin amadou aman amar amin amir amit amos anand anatoli anatoly anders andre andré andrea andreas
    andrei andres andrés andrew andrey andriy andrzej andy angelo angus anil ansel anthony antoine anton antonin
    antonio antonis antony anwar archie arif aristide arjun armand armando armin arnaud arne arnold aron arsen arseniy
    arseny art artem arthur arturo artyom arun arvid asad ashok ashraf asif aslan atef atul august augusto augustus
    austin avi avigdor aviv axel ayman aziz babak bahram baptiste barack barney barry bart bartholomew bartosz bashar
    bashir basil bassam bastian beau ben benedict benito benjamin benji bennie benny benoit bernard bernardo bernd
    bernhard bernie bert bertrand bhupesh bilal bill billy bjarne bjoern björn bjorn blaise bo bob bobby bogdan boris
    boutros brad bradford bradley brady branko brandon brendan brent brett brian bruno bryan bryce bryson burak burt
    byron caleb calum calvin cameron camilo carl carlo carlos carlton carsten casey casper cecil cedric cem cenk cesar
    césar chad charles charlie chester chico chidi chris christian christoph christophe christopher chuck clarence
    claude claudio claus clay clayton clemens clement cliff clifford clint clinton clive clyde cody colin colm conan
    connor conor conrad corey cornelius cory craig cristian cristiano cristobal curt curtis cyril cyrus dag damian
    damien damon dan daniel daniele daniil danilo danny dante darcy darius darrell darren darryl darwin daryl dave
    david davide davit dean declan deepak delbert demetrius denis deniz dennis denys derek dermot deshawn desmond
    devin dexter dhanush didier diego dieter dietmar dietrich dilip dimitar dimitri dimitrios dimitris dinesh dino
    dirk dmitri dmitriy dmitry dmytro dominic dominik dominique don donald donnie donny donovan doug douglas drew
    duane duncan dustin dwayne dwight dylan eamon earl ed eddie eddy edgar edgardo edmond edmund edoardo eduard
    eduardo eduards edward edwin efraim egon ehud einar eitan elchin eldar eli elias elie elijah elliot elliott ellis
    elmer elon elton elvis emad emanuel emil emile emiliano emilio emir emmanuel emmerson emre engin enoch enric
    enrico enrique eoin ephraim erdem erdogan eric erich erik erin ernest ernesto ernie ernst erwin esteban ethan
    etienne eugen eugene eugenio evan evgeni evgeny evo ezekiel ezra fabian fabio fabrice fabrizio fadi fahad fahd
    fahim faisal farhad farid farouk farooq fatih faustin federico felipe felix ferdinand ferenc fergus fernando fidel
    filip filippo finn floyd francesco francis francisco franco francois françois frank frankie franklin frans
    frantisek franz fred freddie freddy frederic frederick frederik fredrik friedrich fritz fuad gabor gabriel
    gabriele gareth garry garth gary gaston gautam gavin gene gennadi gennady geoff geoffrey george georges georgi
    georgios georgiy georgy gerald gerard gerardo gerd gerhard gerry gert ghassan gianluca gianni giancarlo gideon
    gilbert gilberto gilles gino giorgi giorgio giorgos giovanni giulio giuseppe glen glenn godfrey gonzalo goran
    gordon graeme graham greg gregg gregor gregory grigori grigory grzegorz guido guillaume guillermo gunnar gunter
    günter gunther guo gus gustav gustavo gwyn habib hadi haider hakan hakim haitham hamdi hamed hamid hamza hank hans
    hansjörg harald haris harlan harold haroun harris harry hartmut harvey hasan hashim hassan hayden haydn hector
    heath heiko heinrich heinz helmut hendrik henri henrik henrique henry herb herbert heribert herman hermann hernan
    hershel hezekiah hideki hiroshi hiroyuki horace horacio horst hosni howard hubert hugh hugo humberto hussain
    hussein hyun iain ian ibrahim idris ignacio igor ihor ilan ilham ilias iliya ilya imad imran ingo ingvar innocent
    ioan ioannis ion ira irfan irving isa isaac isaiah isidro ishaan iskander ismail ismet israel issa issam istvan
    ivan ivar ivo jaap jacek jack jackie jacob jacques jaime jair jakob jakub jalal jamaal jamal james jamie jamil jan
    janez janos jared jarek jaroslav jaroslaw jason jasper jassim javad javier javid jawad jay jayden jean jed jeff
    jefferson jeffery jeffrey jens jeremiah jeremy jerome jerry jesper jess jesse jesus jesús jim jimmie jimmy jiri
    jiří joachim joao joão joaquin joaquín jochen joe joel joey johan johann johannes john johnathan johnnie johnny
    jon jonah jonas jonathan jonny joost jordan jordi jorg jörg jorge jose josé josef joseba joseph josh joshua josip
    jozef józef juan judah juergen jürgen jules julian julien julio julius junichiro jurgen jusuf justin kai kamal
    kamel kamil kamran karan karel karim karl karsten karthik kaspar kassym kazimierz keir keith ken kendall kendrick
    kenichi kenji kenneth kenny kent kerry kevin khaled khalid khalil khamis kian kieran kim kiran kirill kirk klaus
    knut kofi konrad konstantin konstantinos konstantyn kris krishna krishnan kristian kristijan kristof krzysztof
    kumar kurt kyle kyriakos kwame laith lakshman lamar lance lars larry lasse laszlo lászló laurence laurent laurie
    lavrenti lawrence lazar lech lee leif len lennart lennox leo leon leonard leonardo leonel leonid leopold leopoldo
    leroy les leszek lev levi lewis liam linus lionel lloyd lorenzo lothar lou louie louis luc luca lucas lucian
    luciano lucio ludovic ludwig luigi luis luís luiz luka lukas lukasz łukasz luke luther lutz lyndon lyle lynton
    maarten mack madhav magnus mahamadou mahathir mahdi mahinda mahmood mahmoud mahmud maksim maksym malachi malcolm
    malik mamadou mandla manfred manmohan manoj manolis mansour manuel marat marc marcel marcelo marcin marco marcos
    marcus marek mariano marian mario marius mark marko markus marlon maros marshall martin martijn marty marvin
    marwan massimo massoud mathew mathias mathieu mats matt matteo matthew matthias matthieu maurice mauricio maurizio
    mauro max maxim maxime maximilian maximiliano mehdi mehmet mehran melvin meng menachem mert mervyn micah michael
    micheal micheál michal michał michel michele mick mickey miguel mihai mihail mikael mike mikel mikhail mikhailo
    mikheil mikko miklos miko mikola milan milos miloš milton mircea miro miroslav misha mitch mitchell mitt mo
    mohamad mohamed mohamud mohammad mohammed mohan moises mojtaba monty mordechai morgan moritz morris morten moses
    moshe mostafa moussa mubarak muammar muhammad muhammadu muhsin muhammed mukesh munir muqtada murad murat murray
    mustafa mykhailo mykola nabeel nabil nadir nader naftali nagib naim najib napoleon narendra naseem naser nasir
    nasser nat nate nathan nathaniel nawaf nawaz neal ned neil nelson nestor neville nguema niall nicanor nicholas
    nick nicklas nicola nicolae nicolai nicolas nicolás nicolo nigel nik nikita niklas niko nikol nikola nikolai
    nikolaj nikolaos nikolas nikolay nikos nils nima niranjan nir nizar noah noam noel nolan norbert norm norman nouri
    nuno nuri obed oded odd ola olaf olav ole oleg oleh oleksandr oleksii oleksiy oliver olivier olli olusegun omar
    omer onur oren oriol orlando orhan orrin orville osama oscar oskar osman osvaldo oswald otis otto ousmane owen
    pablo paddy pal panagiotis paolo paschal pat patrice patricio patrick patrik paul paulo pavel pavlo pavlos pawel
    paweł pedro peder percy pere perry pete peter petr petra petri petro petros petteri phil philip philipp philippe
    phillip pierre pieter pietro piotr piyush pranab pravin preston prince qasem quentin quincy quinn rafael rafal
    rafał rafik rafiq rahul raila raimund raj rajesh rajiv rajnath rakesh ralf ralph ram ramadan ramazan rami ramin
    ramiro ramon ramón randall randolph randy raphael rashad rasheed rashid rasmus raul raúl ravi ravindra ray raymond
    recep reese reggie reginald reinhard reinhold remy rene renato rené renzo reuben reuven rex reza ricardo riccardo
    richard rick rickey ricky rishi rizwan rob robbie robert roberto robin rocco rod roderick rodney rodolfo rodrigo
    rodrigue roger rogelio rohan rohit roland rolando rolf romain roman romano romeo ron ronald ronan ronen ronnie
    ronny rory roscoe ross roy ruben rudi rudolf rudolph rudy rufus rupert ruslan russ russell rustam rusty ryan
    ryszard saad sabri saddam sadiq saeed sahil said saif sajid salah salam saleh salem salim salman salvador
    salvatore salva sam samer sami samir sammy samson samuel sandeep sandor sandro sandy sanjay santiago santosh
    sanjeev sargent satoshi saul savvas scott sean sebastian sebastien sepp serge sergei sergej sergey sergii sergio
    serhii serhiy seth seymour shah shahid shamil shane shankar shareef sharif shaun shavkat shawn shehbaz sheldon
    sherman shigeru shimon shinzo shiv shlomo shmuel siddharth sidney siegfried sigmar sigmund silvio simeon simon
    simone slobodan sohail solomon soren søren spencer spiros spyros srdjan srinivas stan stanislav stanislaw stanley
    stavros stefan stefano stefanos stelios stephan stephane stéphane stephen sterling steve steven stewart stig stipe
    stuart subhash sujit suleiman sunil suresh sven svein syed sylvain tadeusz taha tahir takeshi tamas tamer tamim
    tanner tareq tarek tariq taro taylor ted teddy teodor teodoro terence terrance terrell terrence terry thabo thad
    thaddeus theo theodor theodore theodoros thierry thom thomas thorsten tibor tim timo timothy timur tito tjeerd
    tobias toby todd tom tomas tomás tomasz tomislav tommaso tommy tomohiro toni tony torsten toshiro travis tremaine
    trent trevor tristan troy tsai tulsi tunde tyler tyrone tyson udo ulf ulrich ulysses umar umberto urs uri usman
    uwe uzi vaclav václav vadim vadym vahid valdis valentin valentyn valeri valeriy valery van vance vasil vasile
    vasily vasyl vaughn vernon viacheslav victor vidkun vijay vikram viktor vince vincent vincenzo vinod vincente
    vinay virgil virgilio vitali vitaliy vitaly vito vivek vitor vlad vladimir volodymyr vladislav vladyslav vojislav
    volker vsevolod vuk vyacheslav wadah wade wael walid wallace wally walt walter warner warren waseem wayne wendell
    wendel werner wes wesley wilbur wiley wilfred wilfried wilhelm wilhelmus willem william williams willie willy
    wilson winfried winston wladimir wojciech wolfgang woodrow wyatt xavi xavier yahya yair yakov yann yannick yannis
    yaroslav yaser yasim yasin yasir yasser yevgeni yevgeny yigal yitzhak yoav yogi yonatan yoram yosef yoshihide
    yoshihiro youssef youssou yousef yuri yuriy yury yusef yusuf yves zach zachary zack zahid zaid zakaria zakir zane
    zaur zbigniew zdenek zeev zeljko zeynel zia ziad ziyad zoltan zoran zubair zurab bartolomeo bartolome baltasar
    amadeo beat urban reto ueli jurg ruedi hansruedi hanspeter gerold guntram gotthard jovan dragan zlatko slavko
    bojan nenad dejan boyko rosen plamen krasimir stoyan traian liviu corneliu jyrki pekka jukka juha matti antti esko
    paavo tarja heikki jarmo kaarlo hakon haakon sverre trond geir terje kjell andris arturs valdas gitanas algirdas
    vytautas arvydas juri toomas andrus mart taavi hirofumi yukio naoto katsuya haruhiko fumio tetsuro kazuo masahiro
    masayoshi hideo junya takashi kenta daisuke keisuke ryota shohei yuki abiy meles hailemariam isaias uhuru yoweri
    goodluck olusola chinua wole emeka chike ikenna obinna kwesi kojo yaw nana haile mengistu riek
  ]],
  female = [[
    megyn huma neera condoleezza sonia elena ketanji amy kellyanne ivanka melania meghan greta malala kaja sanna magdalena
    abbie adah addie adriene agustina ailsa aja alda alecia alejandrina alesha aletha alexa aliza allegra allene alta althea alyce
    amalie amarillis amie analisa anastacia andra angelia anissa anjelica annalisa annamarie annetta annika ariane arielle arleen
    arline ashlee ashlyn aubree audra augusta aurelie avis ayanna barbra bebe belen belle benita bernadine bertie bess bette
    bettie bettina beulah billie birdie blythe bobbi brandi brandy breanna bree brianna brigette brittney brynn callie camelia camille
    carissa carlene carley carlotta carmella carolann carri caryn catharine cathryn cecily celina chana chandler chanel chantelle
    charity charla charleen charmaine chastity chellie chelsey cherry cheyenne cicely cindi ciera clarice claudine coleen concetta
    cordelia corazon corine corrine cristal cristine dahlia danette danica danna darcie darla davina dayna deana deann debora deena
    deidre delilah delores dena desirée devon diann dinah dixie dolly dominga dorcas dorian dorothea dorthy drusilla earlene earline
    ebonie edie effie eileena elisha elissa ellyn eloise elouise elva elyse emelia emilee emmeline enid erica ericka erlinda ernesta
    esme essie estella ester etta eudora eula eulalia evangelina evelina everly faye felecia fern fidelia florene flossie freya
    gabriele gay genevieve georgiana germaine gertie gianna ginger ginny glinda goldie graciela guinevere gwyneth hadley haley
    hallie harmony hattie haylee hayley helga henriette hermione hester hettie hilaria hillary hortense ida ilana ilene ilse imani
    ingeborg iona isabell isis ivette ivy jacklyn jaclyn jacquelyn jahana jaleesa jamila janae janell janelle janie janna jaqueline
    jayne jeana jeanna jeannette jeannie jenifer jennette jeri jerri jerrie jessie jesusa joann joelle joellen johana johnna jolie
    josefine josette jovita juli juliann jurnee kacey kaitlyn kalena kali karan kari karlene karly karyn kasandra kassandra kat
    kathe kathi kathie kathlyn kati katlyn kattie kaya kaye keely keisha kellie kellyanne kenya keri kerri kia kiersten kimberley
    kimberlyn kirstin kori kristie kristyn kyla kyra lacey lacy ladonna lakeisha lakisha laney lani lashonda latanya latasha
    lauretta laurene laverne lawanda leana leann leanna lenora leora leota leticia letty lexi lexie liane lidiya lilla lilith
    lillianne lindy linette lissa lisette liza lizbeth lolita lonna loraine lorene loretha lorie lorrie lotta louella luana luann lucero
    lucie lucila lucretia luella lupe lurleen lynda lyndsey lynnette mable macie macy magaly maisie malika malinda malissa mallie mamie
    mara maranda marcelina marci marcie marcy margarette margery margret maribel maricela marietta marilee marilynn maritza marjory
    markita marlena marna marni marva marya maryann maryanne marybeth maryellen maryjane marylou mattie maudie maxie mayra mckenna mechelle
    mellisa melva merle merry michell millicent mindi minna minnie mirella mireya modesta mozelle muriel myriam myrtis nadene nakia
    nanette naoma natalee natividad nedra nelda nena nereida nettie neva nichole nicolette nikole nila noelle nola nona norene novella
    nydia ocie oleta oma ona ora oralia paisley palma pamella parker patrica pattie paulita pearlie peg pennie petrina phylis
    piper pramila princess priscila prudy queenie racheal rachelle rae raelene ramonita raven reagan reba reena reta retta reyna rheta rhea
    ricki riki rina robbin robyn rochelle romaine rona ronna rosalee rosalina rosamond rosana roseann roseanne roselyn rosetta rosina
    roslyn roxie royce rubye ruthann ruthie sabrine sadye salina sallie samira santana sarita sasha saundra savanna selene seema
    serina shaina shakia shana shanda shaneka shanice shanna shanta sharen shari sharla sharlene sharron shauna shawna shay sheba
    sheilah shellie sheree sherie sherrie sherrill sheryl shira shonda sidney signe siri sofía sonia sondra starla stefania stefanie
    stephani stephany suellen sunshine susann susannah suzi sybille tabetha talia tamala tamara tameka tami tamra tandy taneka tara
    tasha tatum tawana tawny teena tena tenisha teressa terese terrie tessie thomasina tia tiana tiffani tisha tommie toya tonia tonya
    treva tricia trinity trista trudi twila tyesha ulrike unity ursula valarie valentine vannessa velda velva venus verna vernetta
    vernice veronika vickey vilma vina violette vita viva wava wenona wilda wilhelmine willa willow wilma winnifred yadira yajaira
    yesenia yevette yolande yuki yuko yulonda yuriko yvonne zelma zena zenobia zoraida zula
    abigail ada adela adele adelaide adelia adriana adrienne agata agatha agnes agnieszka aicha aida aisha aïcha
    aileen aimee aisling alana alba alejandra aleksandra alena alessandra alexandra alexandria alexia aleida alice
    alicia alina aline alisa alison allison allyson alma alva alyson alyssa amal amalia amanda amara amber amelia
    amelie amina amira amparo amy ana anabel anahit anastasia anastasiia anca andreea andrea anette angela angelica
    angelika angelina angeline angelique angie anika anita anja anjali ann anna annabel annabelle annalena anne anneke
    anneliese annemarie annette annie annika anouk antje antoinette antonia april arabella araceli aretha aria ariana
    arianna ariel arlene armida ashley ashleigh asma asta astrid athena audrey aurelia aurora ava avril ayesha aysel
    aysha azadeh azra barbara barb bea beata beatrice beatrix beatriz becky belinda bella benazir bernadette bernice
    bertha bessie beth bethany betsy bettina betty beverly bianca birgit birgitta blanca blanche bonnie branka brenda
    bridget brigid brigitte britney britta brittany bronwyn brooke caitlin caitriona caoimhe camila camilla candace
    candice cara carina carla carly carmela carmen carol carole carolina caroline carolyn carrie casandra cassandra
    cassie catalina catarina caterina catherine cathleen cathy catriona cecile cecilia celeste celia celine céline
    chandra chantal charlene charlotte chelsea cher cherie cheryl chiara chiquita chloe chloé christa christiana
    christiane christie christina christine chrystia ciara cindy claire clara clare clarissa claudia claudette
    clementine cleo colette colleen concepcion connie constance consuelo cora coretta corinna corinne cornelia
    courtney cristina crystal cynthia daisy dalia dana daniela danielle daphne daria darlene darya dawn deanna deb
    debbie deborah debra deirdre delia della delphine denise desiree diana diane dianne dilma dina dolores dominika
    donatella donna dora doreen doris dorothea dorothy dunja ebony edith edna edwina eileen elaine elena eleanor elea
    elfriede elif elisa elisabeth elisabetta elise eliza elizabeth ella ellen ellie elnaz elsa elsie elvira elzbieta
    emilia emilie emily emma erica erika erin erna ernestine esmeralda esperanza estela estelle esther ethel eugenia
    eugenie eun eunice eva evangeline eve evelyn evgenia ewa fadwa faiza fanny farah farrah fatima fatma fatou felicia
    felicity fernanda filipa fiona flora florence frances francesca francine françoise francoise franziska freda frida
    frieda frederica gabriela gabriella gabrielle gail galina gayle gemma genevieve georgette georgia georgina
    geraldine germaine gertrude ghada gina giorgia giovanna gisela giselle gita giulia gladys glenda gloria golda
    grace grainne greta gretchen griselda gudrun guadalupe gwen gwendolyn hafsa haifa hala halima halle hana hanan
    hanna hannah hanne harriet hatice hazel heather hedwig heidi heike helen helena helene helga hélène hengameh
    henrietta herta hilary hilda hillary hina hoda holly honor hope huda humera hyacinth ida iga iman imelda imogen
    ina indira ines inez inga inge ingeborg ingrid inna ioana ira irena irene irina iris irma isabel isabela isabella
    isabelle isadora isla isobel iva ivana ivanka ivonne jacinda jacinta jackie jacqueline jada jaime jamila jana jane
    janet janette janice janine janis jasmin jasmine jayne jean jeanette jeanine jeanne jelena jemima jen jenna jennie
    jennifer jenny jeri jess jessica jewel jill jillian jo joan joana joanna joanne jocelyn jodi jodie jody johanna
    jolanta jolene jordana josefa josefina josephine josie joy joyce juana juanita jude judi judith judy jula julia
    juliana julianne julie juliet julieta juliette julija july juliya june justine justyna kaia kaja kamala kamila
    kara karen karin karina karla karolina katarina katarzyna kate katelyn kateryna katharina katharine katherine
    kathleen kathryn kathy katia katie katja katrin katrina katy katya kay kayla kaylee keira kelly kelsey kendra
    kerri kersti khadija kimberly kira kirsten kirstie kirsty kitty konstantina kornelia kristalina kristen kristi
    kristin kristina kristine krystal krystyna ksenia kylie laetitia laila lakshmi lana lara larissa latisha latoya
    laura laure lauren laurie lavinia layla lea leah leanne leda leila leilani lena leni lenka leona leonie leonor
    leslie letitia leticia lesley lia liana libby liesbeth lidia lila lilia lilian liliana lillian lillie lily lina
    linda lindsay lindsey linnea lisa lisbeth liudmila liv livia liz liza lizzie ljubica lois lola lora lorena loretta
    lori lorna lorraine lotte louisa louise lourdes lubna luana lucia lucille lucinda lucy ludmila luisa lula luz
    lydia lyn lynda lynette lynn lynne lyudmila mabel macarena maddie madeleine madeline madison mae magda magdalena
    maggie maia maike mairead maja malala malgorzata mallory malin mandy manuela mara marcela marcella marcia mareike
    margaret margarida margarita margaux marge margie margo margot margrethe marguerite mari maria maría mariah mariam
    mariana marianne marie mariela marijana marika marilyn marina marine marion marisa marisol marissa maristela marit
    marita marja marjorie marla marlene marlies marsha marta martha martina martine mary maryam maryanne maryna
    mathilde matilda maud maude maura maureen mavis maxine maya megan meghan melanie melania melinda melissa melody
    mercedes mercy meredith merkel meryem meta mette mia micaela michaela michele michelle mila milagros mildred
    milena milica millie mimi mina mindy minerva mira miranda mireille miriam mirjam misty moira mollie molly mona
    monica monika monique montserrat moriah muna muriel myra myrna myrtle nabila nada nadezhda nadia nadine nadja
    nahid naima naledi nan nana nancy naomi narges natalia natalie natalya nataliya natasha natascha nathalie nayib
    nawal neha nell nellie nelly nesrine nessa nicola nicole nicoletta nigar nikki nina nino nita noemi nomvula nona
    noor nora noreen norma nour nouf nuria oana octavia odette ofelia oksana olena olesya olga olha olive olivia
    olympia ophelia oprah ottilie padma paige paloma pam pamela pansy paola parvin patricia patrizia patsy patti patty
    paula paulette paulina pauline peggy penelope penny perla perpetua petra petronella philippa phillis phoebe
    phyllis pia pilar pippa polina polly pooja portia prisca priscilla priti priya priyanka prudence rachel rachael
    rachida radha raffaella rahel raisa ramona rana rania rasha raquel rebecca regina regine reina renata renate rene
    renee renée rhoda rhonda rihanna rita roberta robin rocio ronda ronja rosa rosalia rosalie rosalind rosalyn
    rosanna rosario rosaura rose rosemarie rosemary rosie roswitha rowena roxana roxane roxanne ruby rukhsana ruslana
    ruta ruth sabina sabine sabrina sadie safia sahar sally saloua salma salome samantha samara samia sana sandra
    sanna sara sarah saran saskia scarlett selena selina selma serena shabana shahida shakira shannon shari sharon
    sheena sheikha sheila shelby shelley shelly sheri sherri sherry shirin shirley sian sibylle sienna sigrid silke
    silvana silvia simona simone sinead sinéad siobhan sofia sofie solange solveig sonia sonja sonya sophia sophie
    soraya stacey stacy stella stephanie stéphanie sue suha sumaya summer susan susana susanna susanne susie suzan
    suzanna suzanne suzy svenja svetlana svitlana swati sybil sylvia sylvie tabitha tabata tahira tamar tamara tamika
    tammi tammy tania tanja tansu tanya tara tarja tasha tatiana tatjana tatyana tawakkol tegan teresa teri terri tess
    tessa thea thelma theodora theresa therese thérèse thi thora tiffany tilda tina toni tracey traci tracie tracy
    trina trish trisha trudy tyra tzipi uma una ursula ute valentina valeria valerie vanessa vangie velma vera verena
    verity veronica veronika veronique vicki vickie vicky victoria viktoria viktoriia viola violet violeta violetta
    virginia virginie vivian viviane vivien vivienne wafa wanda waltraud wendy whitney whoopi wilhelmina wilma
    winifred winnie wioletta xenia ximena xiomara yael yasmeen yasmin yasmina yekaterina yelena yelizaveta yesenia
    yevgeniya yingluck yoko yolanda yulia yuliia yuliya yulya yvette yvonne zahra zainab zara zaynab zeinab zelda
    zeynep zita zoe zoé zofia zohra zoila zora zuzana haruka sakura akiko keiko michiko naoko noriko yoriko yuriko
    ayako kumiko tomoko yumi mieko masako
  ]],
  both = [[
    addison alex alexis angel andrea ariel ashley aubrey bailey blair bobbie cameron carey casey cass charlie chris
    cody corey courtney dakota dana darcy devin drew dylan eden elliot emerson erin evan evelyn fran frances francis
    frankie gabriel gail gene georgie hayden hilary jackie jaime jamie jan jean jess jesse jo jocelyn jody jordan
    joyce jude jules kai kelly kendall kerry kim kit kris laurie lee leigh leslie lindsay logan lou loren lynn
    mackenzie marion max mel michele mo morgan nat nicky nicola noel pat paris parker peyton quinn randy reese rene
    riley robin ronnie rory rowan sam sandy sasha shannon shawn shelby sid sidney simone stacy stevie sydney tamir
    taylor terry toni tracy val vivian whitney
  ]],
  -- Alone they name nobody; before a surname they are given names.
  word = [[
    boyd brock buddy burgess cade cary cleveland cole cooper cortez davis deacon dillon dusty easton edison ferris fletcher forrest
    garland griffin harley harmon harper hayes hollis homer hudson irvin junior kane king kirby lafayette lane lester lowell maverick
    mckinley millard murphy palmer patton raleigh ramsey roosevelt rocky royce santos sanford schuyler shelton stewart tucker val walker
    walton weston willis windsor belle bess birdie brandy chandler charity chastity cherry cheyenne devon dixie everly gay harmony
    isis kenya lacey lacy merry ora parker peg piper princess raven reagan santana sidney sunshine trinity unity valentine venus willow
    clark carson cruz baldwin booker monroe jefferson ashton bentley blake boyd corbin colton simon hal salud kip otha ona oma
    milo king niles pascal kat kia cal nola shay tia siri palma neva mara bebe viva reed reid stewart
    al amber angel april ariel art august aurora austin avi baker beat beau bill blair bo bonnie brand brook
    brooke buck bud chad chance charity chase chester chip chuck clay cliff colt cristal crystal daisy dale
    dallas dan dawn dean destiny dick don dakota dolly drew duke earl ebony ed eden eve ethel faith fern flora
    florence forest frank gale gene georgia ginger glen grace grant guy hank harmony harry haven hazel heath heather
    holly honor hope houston hunter india innocent iris israel ivory ivy jack jade jasmine jay jean jersey jewel joy
    joyce jude judge july june kai lance laurel lee levi lily lincoln london lucky luz mac madison major marina
    mark marlin marsh marshall mason matt max may melody mercedes mercy merit miles milan misty mo morris nana 
    nelson nick norm olive odd opal orlando pal paris pansy pat patience patsy patty pearl penny perry phoenix piers
    pierce pilot poppy porter prince prudence quincy queen rain ram randy ray reed reef reese rex rich river rob robin
    rock rod roman romeo rose royal ruby russ rusty ruth said sage sandy savannah shelby shah sherry sierra skip sky
    sol sonny stacy star sterling stone storm summer sunny sydney temple tiffany troy ute van vance victor
    victoria viola violet virginia wade ward warren wells will winter woody chin thi guo tsai so regina salem lima
    lagos jordan chelsea carolina alba asia europa nan mina merkel mubarak clinton jefferson lennox
    washington ion bart mart una ada mae meta hide nice olli noor alva iva asta rise 
    islam carter preston franklin wilson williams dexter quinn harris lloyd lyle tyler hyun eun spring sun
    roy ford earnest
  ]],
  -- Not in the lists above, since alone they are words; with a surname behind them, names.
  rare = [[
    will may mark grant chase chance guy hunter miles rich pierce reed rusty sage sonny skip ward wells woody bud buck
    duke mac mason lincoln pearl poppy ivy ginger faith charity patience destiny harmony royal river rock star temple
    art tad chip dick dolly herb jack matt nick lane paige brook blair reid dale gale trip tripp beto newt
    rand ted tip
  ]],
}
