--- The five news rules of `scripts/dev/bench rules`.
local title = w "president chancellor minister secretary aide governor senator"
local name = (cap - title) ^ { 1, 3 }
local said = w "said says told added"

rule { "person", label = "person", match = as("title", title) * as("name", name) }
rule { "speech", label = "speech", match = as("who", name) * said + said * as("who", name) }
rule { "meeting", label = "meeting", match = w "meeting summit talks dialogue" * gap(3) * w "between with of" * gap(2) * as("a", name) }
rule { "date", label = "date",
  match = num * w "january february march april may june july august september october november december" * opt(num) }
rule { "according", label = "according", match = w "according" * "to" * as("to", name) }
