--- English verbs that bring speech into a text, with all their forms: data, read by quotes.lua.
---
--- One verb is its forms with a blank between them, base form first, and a semicolon.  Add your own the same way.
return {
  -- What follows or comes before is what somebody said or wrote.
  speech = [[
    acknowledge acknowledges acknowledged acknowledging; add adds added adding; admit admits admitted admitting;
    advise advises advised advising; affirm affirms affirmed affirming; allege alleges alleged alleging;
    announce announces announced announcing; answer answers answered answering; argue argues argued arguing;
    articulate articulates articulated articulating; ask asks asked asking; assert asserts asserted asserting;
    assure assures assured assuring; blog blogs blogged blogging; boast boasts boasted boasting;
    brag brags bragged bragging; caution cautions cautioned cautioning; charge charges charged charging;
    chide chides chided chiding; claim claims claimed claiming; clarify clarifies clarified clarifying;
    comment comments commented commenting; complain complains complained complaining;
    concede concedes conceded conceding; conclude concludes concluded concluding;
    concur concurs concurred concurring; confirm confirms confirmed confirming;
    contend contends contended contending; continue continues continued continuing;
    counter counters countered countering; cry cries cried crying; deadpan deadpans deadpanned deadpanning;
    declare declares declared declaring; demand demands demanded demanding; deny denies denied denying;
    disclose discloses disclosed disclosing; echo echoes echoed echoing;
    elaborate elaborates elaborated elaborating; email emails emailed emailing;
    emphasise emphasises emphasised emphasising; emphasize emphasizes emphasized emphasizing;
    estimate estimates estimated estimating; exclaim exclaims exclaimed exclaiming;
    explain explains explained explaining; fume fumes fumed fuming; inquire inquires inquired inquiring;
    insist insists insisted insisting; interject interjects interjected interjecting;
    interrupt interrupts interrupted interrupting; joke jokes joked joking; lament laments lamented lamenting;
    maintain maintains maintained maintaining; murmur murmurs murmured murmuring; muse muses mused musing;
    mutter mutters muttered muttering; note notes noted noting; object objects objected objecting;
    observe observes observed observing; opine opines opined opining; plead pleads pleaded pleading;
    pledge pledges pledged pledging; post posts posted posting; predict predicts predicted predicting;
    proclaim proclaims proclaimed proclaiming; promise promises promised promising;
    pronounce pronounces pronounced pronouncing; protest protests protested protesting; quip quips quipped quipping;
    rail rails railed railing; reason reasons reasoned reasoning; reassure reassures reassured reassuring;
    recall recalls recalled recalling; recount recounts recounted recounting;
    reiterate reiterates reiterated reiterating; remark remarks remarked remarking;
    remind reminds reminded reminding; repeat repeats repeated repeating; reply replies replied replying;
    report reports reported reporting; respond responds responded responding; retort retorts retorted retorting;
    retweet retweets retweeted retweeting; reveal reveals revealed revealing; say says said saying;
    scold scolds scolded scolding; scream screams screamed screaming; shout shouts shouted shouting;
    snap snaps snapped snapping; specify specifies specified specifying;
    speculate speculates speculated speculating; state states stated stating; stress stresses stressed stressing;
    suggest suggests suggested suggesting; swear swears swore swearing sworn; tell tells told telling;
    testify testifies testified testifying; text texts texted texting; thunder thunders thundered thundering;
    tweet tweets tweeted tweeting; urge urges urged urging; vow vows vowed vowing; warn warns warned warning;
    whisper whispers whispered whispering; wonder wonders wondered wondering; write writes wrote writing written;
    yell yells yelled yelling;
  ]],
  -- A few quoted words near them are likely to be the subject's words; a whole sentence is not.
  attitude = [[
    accuse accuses accused accusing; agree agrees agreed agreing; applaud applauds applauded applauding;
    attack attacks attacked attacking; back backs backed backing; believe believes believed believing;
    bemoan bemoans bemoaned bemoaning; blame blames blamed blaming; blast blasts blasted blasting;
    brand brands branded branding; call calls called calling; challenge challenges challenged challenging;
    characterise characterises characterised characterising;
    characterize characterizes characterized characterizing; cite cites cited citing;
    compare compares compared comparing; condemn condemns condemned condemning;
    consider considers considered considering; criticise criticises criticised criticising;
    criticize criticizes criticized criticizing; declaim declaims declaimed declaiming;
    decry decries decried decrying; deem deems deemed deeming; defend defends defended defending;
    denounce denounces denounced denouncing; depict depicts depicted depicting; deride derides derided deriding;
    describe describes described describing; dismiss dismisses dismissed dismissing; doubt doubts doubted doubting;
    dub dubs dubbed dubbing; endorse endorses endorsed endorsing; expect expects expected expecting;
    express expresses expressed expressing; fear fears feared fearing; feel feels felt feeling;
    hail hails hailed hailing; hint hints hinted hinting; hope hopes hoped hoping; imply implies implied implying;
    indicate indicates indicated indicating; invoke invokes invoked invoking; know knows knew knowing known;
    label labels labeled labelled labeling labelling; liken likens likened likening; mean means meant meaning;
    mock mocks mocked mocking; offer offers offered offering; oppose opposes opposed opposing;
    point points pointed pointing; portray portrays portrayed portraying; praise praises praised praising;
    propose proposes proposed proposing; question questions questioned questioning; quote quotes quoted quoting;
    read reads read reading; recognise recognises recognised recognising;
    recognize recognizes recognized recognizing; refer refers referred referring; regard regards regarded regarding;
    reject rejects rejected rejecting; rip rips ripped ripping; see sees saw seeing seen;
    signal signals signaled signalled signaling signalling; slam slams slammed slamming;
    support supports supported supporting; term terms termed terming; think thinks thought thinking;
    tout touts touted touting; understand understands understood understanding; view views viewed viewing;
    voice voices voiced voicing; welcome welcomes welcomed welcoming; worry worries worried worrying;
  ]],
  -- After these comes the hearer or the thing, not the speaker: '"No," told Smith' is nobody's English.
  transitive = [[ tell assure remind urge advise reassure demand charge reveal report deny confirm disclose ]],
  -- Base forms that are nouns more often than verbs ("the state", "a report"): only their other forms count.
  nouns = [[
    state text post report comment note demand charge claim reason object protest promise estimate counter cry joke
    tweet email blog answer reply whisper shout scream yell stress rail fume thunder snap pledge vow wonder lament
    attack back blame blast brand challenge defense doubt fear hope label offer praise question quote signal support
    tout voice view welcome hit rip mock hint point call cite term complaint
  ]],
  -- Forms in -s that are plural nouns more often than verbs, where no name or pronoun stands before them.
  plurals = [[
    states texts posts reports comments notes demands charges claims reasons objects protests promises estimates
    counters cries jokes tweets emails blogs answers replies questions doubts hopes fears attacks offers signals
    voices views backs labels brands challenges points hints terms pledges vows wonders
  ]],
}
