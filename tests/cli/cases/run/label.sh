echo 'One page.' >p.txt
echo 'lode.page(function(p) for _, t in ipairs { "a", "b", "c" } do p:emit { type = t } end end)' >s.lua
lode run -q --label a,c s.lua p.txt
