# Each rule rebuilt from its tree, a part a line, under the script's names, up to the part that failed.
cat >deals.lua <<'END'
local starter = w "The A An In On At But And It He She They Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
local ending = w "Inc Corp Ltd Group Holdings Bank PLC AG"
local name = cap - starter
local money = opt(W "US") * w "$ € £" * num * opt(w "million billion trillion m bn")

rule { "company.name", label = "company", match = name * (name + "&" * name) ^ { 0, 4 } * opt(w "of" * name) }
rule { "company.group", label = "company", priority = 1, match = name ^ 1 * opt "," * ending }

local verb = as("verb", w "bought buys acquired acquires purchased purchases")
local plan = as("verb", w "buy acquire purchase")
local price = opt(gap(6) * w "for" * gap(3) * as("amount", money))
local asset = gap(3, w ".") * as("target", ann "company")

rule { "deal.done", label = "deal", phase = 2, match = as("buyer", ann "company") * gap(4) * verb * asset * price }
rule { "deal.planned", label = "deal", phase = 2,
  match = as("buyer", ann "company") * gap(4) * w "agreed plans wants offered" * "to" * plan * asset * price }
END
lode why deals.lua --text 'On Monday Acme Dams has sold the miller Quarry Hill.'
lode why deals.lua --text 'Acme Dams has bought the miller Oatfield Group for $ 3 million.' --rule deal.done
