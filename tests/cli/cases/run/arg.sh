echo 'One page.' >p.txt
echo 'lode.page(function(p) p:emit { type = "seen", a = lode.args.a, b = lode.args.b } end)' >s.lua
lode run -q --arg a=1 --arg=b=x=y s.lua p.txt
