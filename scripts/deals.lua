--- Company deals: who buys what, for how much.
---
---     lode run scripts/deals.lua pages/
---     lode test scripts/deals.lua
---
--- A company is a run of capitalized words; a deal is a verb of buying between two of them.  To bend it: add verbs or
--- words of a name, and an example beside the rule that shall find it.  `amount` is as written, `value` and `currency` what it comes to;
--- `date` is the one beside it in the sentence, as a value.
require "lode.numbers"
local dates = require "lode.news.dates"

lode.output { "deal" }
lode.columns { "page", "line", "buyer", "target", "amount", "value", "currency", "date", "status", "text" }

local starter = w "The A An In On At But And It He She They Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
local ending = w "Inc Corp Ltd Group Holdings Bank PLC AG"
local name = cap - starter

rule { "company.name", label = "company", match = name * (name + "&" * name) ^ {0, 4} * opt(w "of" * name) }
rule { "company.group", label = "company", priority = 1, match = name ^ 1 * opt "," * ending }

local verb = as("verb", w "bought buys acquired acquires purchased purchases")
local plan = as("verb", w "buy acquire purchase")
local price = opt(gap(6) * w "for" * gap(3) * as("amount", ann "money"))
local asset = gap(3, w ".") * as("target", ann "company")

local function details(status)
  return function(p, m)
    local money, date = m:ann "amount", nil
    local near = m.span:join(m.span:before(3) or m.span):join(m.span:after(4) or m.span)
    for _, d in ipairs(dates.find(p)) do
      if not date and (d.kind == "date" or d.kind == "time") and near:contains(d.span) and m.span.sentence:contains(d.span) then date = d.value end
    end
    return { status = status, date = date, value = money and (money.value or money.low), currency = money and money.currency,
      bound = money and (money.bound or money.approximate and "about") or nil }
  end
end

rule { "deal.done", label = "deal", phase = 2, match = as("buyer", ann "company") * gap(4) * verb * asset * price,
  fields = details "done",
  examples = {
    { "On Monday Acme Dams bought Quarry & Sons for $ 5 million.", buyer = "Acme Dams", target = "Quarry & Sons", amount = "$ 5 million",
      value = 5000000, currency = "USD" },
    { "Harbour Bank has acquired the miller Oatfield Group.", buyer = "Harbour Bank", target = "Oatfield Group", amount = false },
    { none = "Acme Dams sold Quarry & Sons." } } }

rule { "deal.planned", label = "deal", phase = 2,
  match = as("buyer", ann "company") * gap(4) * w "agreed plans wants offered" * "to" * plan * asset * price,
  fields = details "planned",
  examples = {
    { "Acme Dams agreed to buy Quarry & Sons for about £3.5bn in cash.", buyer = "Acme Dams", target = "Quarry & Sons",
      amount = "about £3.5bn", value = 3500000000, currency = "GBP", bound = "about", status = "planned" },
    { "Harbour Bank wants to acquire Oatfield Group by 3 May 2031.", buyer = "Harbour Bank", date = "2031-05-03", amount = false },
    { "Harbour Bank wants to buy Oatfield Group, its owner said in a letter of 3 May 2031.", date = false },
    { none = "Acme Dams agreed to sell its mill." } } }
