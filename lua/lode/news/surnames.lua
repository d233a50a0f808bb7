--- Surnames, folded, with a blank between them: data, read by people.lua.
---
--- General knowledge, written down for lode.  `alone` are those that name somebody without a given name: common ones that are
--- no words or places, and of people whom news everywhere calls by it.  `first` are those of countries where the surname
--- stands first.  `endings` are what surnames end in and English words do not.
return {
  alone = [[
    abbott abrams ackerman adams aguilar aguirre alvarado alvarez anderson andrews arafat armstrong arnold ashcroft
    assad atkinson avila ayala bachmann bailey baldwin barnes barnett barrett bauer becker bennett benson bernanke
    berry bezos biden blinken bloomberg bolton booker boehner bowers bowman boyd bradley brady brewer brezhnev bryant
    buchanan buckley buffett burgess burke burnett burns burton bush butler buttigieg cabrera caldwell callahan
    calderon cameron campbell cantu carlson carney carpenter carroll carson casey castillo castro ceausescu
    chamberlain chambers chavez cheney chirac chomsky chretien christie chung churchill cisneros clark clarke clayton
    clinton coleman collins comey conley conway corbyn cortez cruz cuomo cunningham curtis dalton daniels daschle
    davenport davidson davies davis dawson delgado deleon desantis diaz dickson dixon dominguez donnelly dougherty
    doyle draghi dudley duffy duncan dunn duran duterte edwards einstein eisenhower elliott ellis erdogan erdoğan
    erickson espinoza estes estrada evans fauci feinstein ferguson fernandez figueroa fillon fischer fitzgerald flores
    flynn fuentes fujimori gaddafi gallagher garcia gardner garrett gbagbo gentiloni gibbs gibson gilbert gill
    gillibrand gingrich giuliani glover gomez gonzales gonzalez goodman goodwin gorbachev gordon gore gorsuch graham
    greenspan griffin grossman guerrero guevara gutierrez guzman haig hansen hanson hariri harmon harper harrington
    harris harrison hawkins hegseth heller henderson hendricks henry hernandez herrera hicks higgins hitler hoffman
    holbrooke holloway holmes hopkins houthi howell huckabee hudson huffman hughes humphrey hussein hutchinson ingram
    jackson jacobs jacobson jefferson jenkins jennings jensen jimenez johnson johnston jones juarez juncker karzai
    kasich kaine kaufman kavanaugh kejriwal kelley keller kennedy kerry khamenei khomeini khrushchev kim kirk
    kissinger klein knowles koch kohl krueger kuchma kushner lambert lang larsen larson lavrov lawson leavitt lenin
    leon lieberman lindsey livingston lloyd logan lopez lowery lozano lucas lukashenko lula lynch macdonald macias
    mackenzie macron maduro mahoney maldonado maliki malone mandela mandelson mao marquez martin martinez mattis
    maxwell mcallister mcbride mcbush mccain mccann mccarthy mcclellan mcconnell mccormick mccoy mcdaniel mcdermott
    mcdonald mcdowell mcfarland mcgee mcguire mcintosh mcintyre mckay mckee mckenzie mckinney mcknight mclaughlin
    mclean mcleod mcmahon mcmillan mcnamara mcneil mcpherson medina medvedev mejia meloni melendez mendez mendoza
    mercado merkel merz meyer meyers miliband miller milosevic mitchell mitterrand modi molina monroe montgomery
    montoya moody morales moreno morgan morris morrison morsi morton mosley moyer mubarak mueller mugabe mullen
    mullins munoz murdoch murphy musharraf musk mussolini myers nader nasrallah navarro nelson netanyahu newman newton
    nguyen nichols nicholson nixon nolan norris norton obama obasanjo obrien o'brien o'connor o'donnell o'neal o'neill
    o'reilly o'rourke ochoa odonnell olmert olsen olson oppenheimer orban orbán orozco ortega ortiz osborne owens
    pacheco padilla palin palmer parsons patel patterson patton pearson pelosi pence pennington perez perkins perot
    peterson petersen petraeus phelps phillips pompeo poroshenko potter powell pratt preston primakov prodi putin
    quinn rajapaksa rajoy ramirez ramos ramsey randall rangel reagan reyes reynolds rhodes richards richardson riggs
    rios ritter rivera roberts robertson robinson robles rodgers rodriguez rogers rojas rollins romero romney
    roosevelt rosales rosario rosenberg rouhani rove rowe rowland rubio ruiz rumsfeld russo rutledge ryan sadat salas
    salazar salinas salvini samaras sanchez sanders sandoval santana santorum santos sarkozy saunders sawyer scalia
    schaefer schmidt schmitt schneider scholz schroeder schröder schultz schumer schwartz schwarzenegger scott serrano
    sexton shaffer shaikh shapiro sharapova sharif sharma shelton shepard sheppard sherman shevardnadze shinawatra
    shoigu silva simmons simon simpson singh sinha sisi sloan snowden snyder solana solis sosa soto soros spencer
    stalin stanton starmer steinmeier stephens stephenson stevens stevenson stewart stoltenberg strickland suarez
    sullivan sunak sutton swanson swenson tanner tapia taylor thatcher thomas thompson thomson thornton tillerson
    trevino trevor trotsky trudeau truman trump truss tsipras turner tusk tyler tymoshenko ushakov valdez valenzuela
    vance vargas vasquez vaughan vaughn vazquez vega velasquez velazquez velez villarreal wagner walesa walker wallace
    waller walsh walters walton watkins watson watts weaver webb weber weiss wheeler whitaker whitehead whitfield
    whitney wiggins wiley wilkerson wilkins wilkinson williams williamson wilson wolfe wolfowitz woodard woodward
    wright wyatt xi yanukovych yanukovich yates yatsenyuk yellen yeltsin yushchenko zakharova zamora zapatero zarqawi
    zelensky zelenskyy zelenskiy zelenska zuckerberg zuma zhirinovsky smith allawi chalabi sistani ahmadinejad
    rafsanjani mousavi barzani talabani haniyeh sinwar abbas sharon barak peres rabin lapid gantz annan guterres
    navalny nemtsov prigozhin kadyrov peskov zyuganov chernomyrdin khodorkovsky berezovsky litvinenko koizumi abe
    kishida aso hatoyama fukuda ishiba suga gandhi nehru vajpayee bhutto zardari gilani hasina marcos arroyo aquino
    widodo yudhoyono mahathir najib bolsonaro rousseff kirchner milei bachelet pinera piñera boric allende pinochet
    correa uribe petro chávez guaido guaidó amlo sheinbaum zedillo berlusconi renzi conte letta monti schaeuble
    schäuble gauck habeck baerbock lindner laschet soeder söder hollande valls jospin barnier borrell rutte wilders
    carter dukakis mondale dole gephardt kucinich bayh harkin leahy grassley specter durbin feingold dodd levin nunn
    lugar warner thune cornyn hawley jeffords bork souter breyer ginsburg sotomayor kagan alito ketanji mukasey barr
    garland skilling fastow mcveigh oswald manson dahmer kaczynski weinstein madoff cosby
  ]],
  -- Surname first: Chinese, Korean, Vietnamese.  Those of `asian_word` need two syllables behind them, as English words they are common.
  asian = [[
    bai bao bian cai cao chang chen cheng chiang chu chung cui dai deng ding dong du duan fan fang feng fu gao ge geng
    gong gu guan guo han hao hong hou hu hua huang hui ji jia jian jiang jin jing kang kong lai lei liang liao lin
    ling liu long lou lu luo lü ma mao mei meng miao mo ning niu nie ouyang pan pang peng pu qi qian qiao qin qiu qu
    ren rong ruan shao shen sheng shi shu song su sui sun tan tang tao tian tong wang wei wen weng wu xi xia xiang
    xiao xie xin xing xiong xu xue yan yang yao ye yin yu yuan yue zeng zhan zhang zhao zheng zhong zhou zhu zhuang
    zou zuo bae baek cha cho choe choi ha heo hwang im jang jeon jeong jo ju jung kim ko ku kwon lee min moon nam oh
    paek pak park ryu seo shin sim sin son suh um woo yi yoo yoon you yun bui dao dang dinh doan duong ho hoang huynh
    ly ngo nguyen pham phan ta tran trinh truong vo vu
  ]],
  asian_word = [[
    fan fang long song tan tang han ha min moon park son you sun china hong im um lee ho so woo sin oh man may pan do
    shin ma
  ]],
  -- An ending with a letter or two before it says surname.
  endings = [[
    ov ova ev eva enko chuk ovsky evsky insky owski owska ewski nsky sky skiy skyy skii skyi vich vych vić ović ević
    ovic evic dze shvili yan ian oğlu oglu stein berg bergs mann sson sdottir sdóttir ssen nsen sen escu opoulos akis
    idis ides ez ño ini etti elli ucci iello otto akhmetov ullah zadeh pour ejad nejad ani awi wala rao ashi moto mura
    naka guchi yama saki kowski czyk wicz ński ska cki ovich evich witz baum feld wald bach hofer meier mayer stad
    dahl qvist quist lund gren strom ström
  ]],
}
