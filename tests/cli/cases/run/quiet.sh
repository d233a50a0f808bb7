echo 'One page.' >p.txt
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run --quiet s.lua p.txt
