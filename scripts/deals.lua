--- Company deals: who buys what, for how much.
---
---     lode run scripts/deals.lua pages/
---     lode test scripts/deals.lua
---
--- A company is a run of capitalized words; a deal is a verb of buying between two of them.  To bend it: add verbs or
--- words of a name, and an example beside the rule that shall find it.
lode.output { "deal" }
lode.columns { "page", "line", "buyer", "target", "amount", "status", "text" }

local starter = w "The A An In On At But And It He She They Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
local ending = w "Inc Corp Ltd Group Holdings Bank PLC AG"
local name = cap - starter
local money = opt(W "US") * w "$ € £" * num * opt(w "million billion trillion m bn")

rule { "company.name", label = "company", match = name * (name + "&" * name) ^ {0, 4} * opt(w "of" * name) }
rule { "company.group", label = "company", priority = 1, match = name ^ 1 * opt "," * ending }

local verb = as("verb", w "bought buys acquired acquires purchased purchases")
local plan = as("verb", w "buy acquire purchase")
local price = opt(gap(6) * w "for" * gap(3) * as("amount", money))
local asset = gap(3, w ".") * as("target", ann "company")

rule { "deal.done", label = "deal", phase = 2, match = as("buyer", ann "company") * gap(4) * verb * asset * price,
  emit = function() return { status = "done" } end,
  examples = {
    { "On Monday Acme Dams bought Quarry & Sons for $ 5 million.", buyer = "Acme Dams", target = "Quarry & Sons", amount = "$ 5 million" },
    { "Harbour Bank has acquired the miller Oatfield Group.", buyer = "Harbour Bank", target = "Oatfield Group", amount = false },
    { none = "Acme Dams sold Quarry & Sons." } } }

rule { "deal.planned", label = "deal", phase = 2,
  match = as("buyer", ann "company") * gap(4) * w "agreed plans wants offered" * "to" * plan * asset * price,
  emit = function() return { status = "planned" } end,
  examples = {
    { "Acme Dams agreed to buy Quarry & Sons for about £3.5bn in cash.", buyer = "Acme Dams", target = "Quarry & Sons" },
    { none = "Acme Dams agreed to sell its mill." } } }
