# A finished output has no journal, so --resume begins anew; another script is refused while there is one.
echo 'One page.' >p.txt
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run -q --resume -o out.jsonl s.lua p.txt && cat out.jsonl && ls
