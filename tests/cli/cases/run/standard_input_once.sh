echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
printf '{"id":"a","text":"x"}\n' | lode run -q --input jsonl s.lua -
printf 'plain\n' | lode run -q s.lua - -
