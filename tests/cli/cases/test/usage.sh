lode test; echo "$?"
echo 'rule { "x", label = "x", match = w "a" }' > a.lua
lode test a.lua; echo "$?"
echo 'rule { "x", label = "x", match = as("y", w "a"), examples = { { "a", z = "a" } } }' > a.lua
lode test a.lua; echo "$?"
lode test a.lua page.txt; echo "$?"
