--- Sanctions: who imposes, extends or lifts them, or means to, on whom, and why.
---
---     lode run scripts/sanctions.lua pages/
---     lode test scripts/sanctions.lua
---
--- `action` is impose, extend, tighten, ease or lift; `imposers` and `targets` are lists; `why` is what stands behind "over", "because of" and so on.
--- `status` is done, or what a cue says of it: planned, urged, threatened, conditional, denied.  To bend it: add verbs, or words to a
--- cue, and an example beside the rule.
require "lode.news.places"
require "lode.news.people"
require "lode.news.dates"

lode.output { "sanctions" }
lode.columns { "page", "line", "imposers", "action", "targets", "why", "status", "cue", "text" }

local actions = {}
local function act(name, verbs)
  return as("action", verb(verbs), { value = name })
end
local action = act("impose", "impose slap place introduce announce approve adopt reimpose") + act("extend", "extend renew prolong expand widen") +
  act("tighten", "tighten toughen") + act("ease", "ease relax suspend loosen") + act("lift", "lift remove drop end scrap")
local measure = noun { "sanction", "embargo", "travel ban", "asset freeze" }
local measures = upto(4, punct) * measure

-- Names: what the news kit knows, else a run of capitals.
local starter = w "President Chancellor Prime Foreign Minister Secretary The A An In On At But And It He She They We Last This"
local name = ann "person" + ann "place" + ann "org" + ann "government" + -inside "date" * (cap - starter) ^ { 1, 5 }
local office = noun "government ministry parliament cabinet president council assembly country state power ally"
local imposer = list(opt(w "the") * all("imposers", name * opt(office)))
local before = gap(6, w ". said says told that" + (cap - inside "date"))      -- between the imposer and the verb

-- A target: a name with words before and behind it ("three Tassian banks"), up to a small word that goes on with the sentence.
local stop = punct + inside "date" + w "over for because after in on at by since until if unless when while as with and or from to" +
  w "that which who has have had is are was were will would said this last next"
local target = opt(w "the") * all("targets", (any - stop) ^ { 1, 5 })
local cause = lex { "because of", "in response to", "in retaliation for", "in protest at", "as punishment for" } + w "over for after because"
local why = opt(gap(6, punct) * cause * as("why", -inside "date" * upto(14, punct + w "and but")))
local on = w "on against"
local function details(p, m) return { cue = m.cue } end

rule { "sanctions.on", label = "sanctions", phase = 7, emit = details,
  match = imposer * before * action * measures * opt(on * list(target)) * why,
  examples = {
    { "The Tassian government imposed sanctions on Velmora, the Orla Bank and three mill owners over the closed dam.",
      imposers = { "Tassian government" }, action = "impose", targets = { "Velmora", "Orla Bank", "three mill owners" }, why = "the closed dam", status = "done" },
    { "Velmora has lifted its last sanctions against Tassia.", imposers = { "Velmora" }, action = "lift", targets = { "Tassia" }, why = false },
    { "Velmora plans to extend sanctions on Tassia for six months.", action = "extend", status = "planned", why = false },
    { "Galaida said that the European Union and Tassia had extended sanctions against Velmora.", imposers = { "European Union", "Tassia" }, status = "done" },
    { "The assembly urged Velmora to impose sanctions on Tassia.", imposers = { "Velmora" }, status = "urged" },
    { "Velmora threatened to impose sanctions on Tassia.", status = "threatened" },
    { "Velmora will impose sanctions on Tassia unless the gates open.", targets = { "Tassia" }, status = "conditional" },
    { "Velmora did not lift its sanctions on Tassia.", action = "lift", status = "denied" },
    { none = "Velmora imposed a toll on Tassia." } } }

rule { "sanctions.verb", label = "sanctions", phase = 7, emit = details,
  match = imposer * before * as("action", w "sanctioned sanctions", { value = "impose" }) * #(opt(w "the") * (num + cap)) * list(target) * why,
  examples = {
    { "On Monday Velmora sanctioned the Orla Bank for paying the strikers.", imposers = { "Velmora" }, targets = { "Orla Bank" }, why = "paying the strikers" },
    { "The Tassian Treasury has sanctioned 12 companies.", imposers = { "Tassian Treasury" }, targets = { "12 companies" }, why = false },
    { none = "Velmora sanctioned nothing." } } }

rule { "sanctions.passive", label = "sanctions", phase = 7, emit = details,
  match = measure * opt(on * list(target)) * gap(4, punct) * w "be been were was are is" * action * opt(gap(3, punct) * "by" * imposer) * why,
  examples = {
    { "Sanctions against Tassia were lifted by Velmora after the talks.", imposers = { "Velmora" }, action = "lift", targets = { "Tassia" }, why = "the talks" },
    { "Sanctions on Tassia could be tightened.", imposers = false, action = "tighten", status = "planned" },
    { "The sanctions were eased on Friday.", targets = false, action = "ease", status = "done" },
    { none = "Sanctions on Tassia were discussed." } } }

-- Status: what has been done stands in the past; a cue of a higher rank goes over it.
cue { "done", on = "sanctions", rank = 0, words = w { "imposed", "imposes", "slapped", "placed", "introduced", "announced",
  "approved", "adopted", "reimposed", "sanctioned", "extended", "extends", "renewed", "prolonged", "expanded", "widened", "tightened",
  "tightens", "toughened", "eased", "eases", "relaxed", "suspended", "loosened", "lifted", "lifts", "removed", "dropped", "ended", "scrapped" } }
cue { "planned", on = "sanctions", rank = 1, direction = "forward", max = 8,
  words = { verb { "plan to", "want to", "prepare to", "intend to", "agree to", "vow to" }, w "will would may might could proposes proposed considers considering" } }
cue { "threatened", on = "sanctions", rank = 2, direction = "forward", max = 8, words = { verb "threaten warn" } }
cue { "urged", on = "sanctions", rank = 2, direction = "forward", max = 8,
  words = { verb { "call on", "call for", "urge", "ask", "demand" }, w "should must" } }
cue { "conditional", on = "sanctions", rank = 3, max = 12, words = { "if", "unless", "as long as" } }
cue { "denied", on = "sanctions", rank = 4, direction = "forward", max = 8,
  words = { verb { "deny", "refuse to", "rule out", "reject" }, w "not never", "n't" }, pseudo = { "not only", "not ruled out" } }
