--- Small classes of English words that a script about speakers has to tell apart: data, read by quotes.lua.
---
--- Folded, with a blank between them.
return {
  determiner = [[ the a an this that these those his her its their our my your some many several most both another
    each every no any one two three ]],
  he_she = [[ he she ]],
  pronoun = [[ i we you they it one someone somebody nobody everyone others ]],
  relative = [[ who which whose whom ]],
  have = [[ has have had 've 'd would will can could might may must should shall do does did ]],
  be = [[ is are was were be been being am 're 'm get gets got ]],
  no = [[ not n't never neither nor hardly without refused declined denies ]],
  adverb = [[ also then later once again still just now already often always even ever soon almost perhaps maybe
    however meanwhile instead thus therefore indeed too though moreover nevertheless nonetheless otherwise
    first further afterward afterwards earlier together twice sometimes here there himself herself themselves itself ]],
  preposition = [[ of in on at for from with by about against into over under between among through during
    within without toward towards upon across around near behind beyond via per despite amid regarding including ]],
  conjunction = [[ and or & but yet ]],
  subordinate = [[ as after before since until because if when while whereas although though whether where how why what
    than like unless so plus ]],
  particle = [[ de la van von der den bin ibn al el del di da dos du le ]],
  day = [[ monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan. feb. aug. sept. sep. oct. nov. dec. today yesterday tomorrow tonight
    mon. tue. wed. thu. fri. sat. sun. ]],
  -- Peoples, parties and faiths: before a name, never part of one.
  people = [[ american americans british english french german italian spanish russian ukrainian chinese japanese korean
    indian pakistani iranian iraqi israeli palestinian syrian turkish egyptian saudi european asian african mexican
    canadian australian brazilian polish swedish norwegian danish finnish dutch belgian austrian swiss greek
    hungarian romanian serbian georgian armenian azerbaijani belarusian cuban venezuelan colombian nigerian kenyan
    arab western eastern northern southern central latin kurdish afghan libyan lebanese jordanian yemeni
    republican republicans democrat democrats democratic conservative conservatives liberal liberals labour labor
    tory tories green greens libertarian socialist communist independent gop muslim muslims christian christians
    jewish jews catholic catholics protestant evangelical orthodox hispanic latino
    u.s. us u.k. uk eu un nato ]],
  -- Last words of what is an office, a paper or a place, not somebody whom "he" can mean.
  office = [[ house times post journal news press tribune herald gazette guardian agency ministry department bureau
    office party committee congress senate parliament court council union commission university institute center centre
    bank company corporation corp inc group association federation foundation campaign administration government
    states kingdom republic nations state city county street tower kremlin pentagon cnn bbc nbc cbs abc fox reuters
    facebook twitter ]],
}
