for f in a1.txt a2.txt b.txt; do echo 'One page.' >$f; done
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run -q s.lua 'a*.txt'
