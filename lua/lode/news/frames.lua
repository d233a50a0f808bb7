--- The kinds of events that lode knows: meetings, visits, sanctions, deals, votes.  A frame of your own is a copy of one of these in
--- your script, with your words.
local events = require "lode.news.events"

events.frame { "meeting",
  nouns = { meeting = "meeting meetings session get-together face-to-face", talks = "talks discussions negotiations dialogue consultations conversations",
    summit = "summit summits trilat", call = "call calls conversation" },
  verbs = { meeting = "meet meets met", talks = "negotiate negotiates negotiated", visit = "host hosts hosted", call = "phoned telephoned" },
  past = "met hosted phoned telephoned negotiated",
  examples = {
    between = { { "a possible meeting between Swiss President Martha Quill and Vera Zork", noun = "meeting", who = { "Martha Quill", "Vera Zork" } },
      { none = "a meeting between two dams" } },
    with = { { "Martha Quill recently held lengthy talks with Vera Zork.", noun = "talks" }, { none = "talks with the town" } },
    of = { { "a summit of the Swiss and Kenyan presidents", noun = "summit" }, { none = "a summit of sorts" } },
    pair = { { "Martha Quill came. The Kenya-Norway summit failed.", noun = "summit" }, { none = "the summit failed" } },
    hold = { { "Martha Quill and Vera Zork have agreed to hold another summit.", noun = "summit" }, { none = "Martha Quill left the summit." } },
    which = { { "a meeting in May, during which Martha Quill and Vera Zork embraced", noun = "meeting" }, { none = "a meeting in May" } },
    again = { { "The meeting, if it happens, is in May.", noun = "meeting" }, { none = "He left his meeting." } },
    verb = { { "Martha Quill first meets with Vera Zork.", verb = "meets" }, { none = "The demands are met." } },
    both = { { "The leaders of Kenya and Norway may soon meet.", verb = "meet" }, { none = "The dams meet the demands." } },
  } }

events.frame { "visit", nouns = "visit trip", verbs = "visit visits visited visiting", past = "visited", links = "to", roles = { "visitor", "host" },
  examples = { active = { { "Martha Quill visited Norway.", actor = "Martha Quill", target = "Norway" }, { none = "The visit was long." } },
    noun = { { "Martha Quill cut short her trip to Norway.", target = "Norway" }, { none = "a trip to the dam" } },
    passive = { { "Norway was visited by Martha Quill.", target = "Norway" }, { none = "Norway was visited by storms." } },
    bare = { { "a visit to Norway", target = "Norway" }, { none = "a visit to the dam" } } } }

events.frame { "sanction", nouns = "sanctions sanction embargo", verbs = "sanction sanctions sanctioned sanctioning", past = "sanctioned", links = "on against",
  roles = { "actor", "target" },
  cues = { { "held", rank = 1, reach = 3, before = "imposed/slapped/adopted/tightened/extended/placed/under", after = "took effect/came into force" },
    { "cancelled", rank = 7, reach = 3, before = "lifted/lifts/eased/suspended/dropped", after = "were lifted/were eased" } },
  examples = { noun = { { "Norway imposed sanctions on Kenya.", actor = "Norway", target = "Kenya" }, { none = "Norway imposed a tax." } },
    passive = { { "Kenya was sanctioned by Norway.", actor = "Norway" }, { none = "Kenya was sanctioned." } },
    active = { { "Norway sanctioned Kenya.", target = "Kenya" }, { none = "Norway spoke of Kenya." } },
    bare = { { "an embargo against Kenya", target = "Kenya" }, { none = "an embargo of sorts" } } } }

events.frame { "deal", verbs = "buy buys bought buying acquire acquires acquired acquiring purchase purchased", past = "bought acquired purchased",
  roles = { "buyer", "target" },
  examples = { active = { { "Harbour Bank bought Oatfield Group.", actor = "Harbour Bank", target = "Oatfield Group" }, { none = "Harbour Bank bought a mill." } },
    passive = { { "Oatfield Group was bought by Harbour Bank.", actor = "Harbour Bank" }, { none = "A mill was bought by them." } } } }

events.frame { "vote", verbs = "approved approves approve rejected passed passes adopted adopts endorsed vetoed vote votes voted", past = "approved rejected passed adopted endorsed vetoed voted",
  links = "on for against down", matter = true, bodies = true, roles = { "body", "matter" },
  examples = { matter = { { "The Orla Water Board voted on the new toll.", actor = "Orla Water Board", target = "the new toll" },
    { "The Orla Water Board rejected the plan, he said.", target = "the plan" }, { none = "The plan was rejected." } } } }

return events
