--- 200 rules: 40 times the five, each copy with trigger words of its own that are rare in the text.
local name = cap ^ { 1, 3 }
local function letter(n) return string.char(97 + n % 26) end
local function rare(n) return "qu" .. letter(n) .. letter(n // 26) .. "x" end

for i = 0, 39 do
  local a, b, c, d = rare(4 * i), rare(4 * i + 1), rare(4 * i + 2), rare(4 * i + 3)
  rule { "person" .. i, label = "person", match = as("title", w(a)) * as("name", name) }
  rule { "speech" .. i, label = "speech", match = as("who", name) * w(b) + w(b) * as("who", name) }
  rule { "meeting" .. i, label = "meeting", match = w(c) * gap(3) * w "between with of" * gap(2) * as("a", name) }
  rule { "date" .. i, label = "date", match = num * w(d) * opt(num) }
  rule { "according" .. i, label = "according", match = w(a) * "to" * as("to", name) }
end
