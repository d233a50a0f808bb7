printf 'One.\n' >1.txt
printf 'local n = lode.args.n\nlode.page(function(p) p:emit { type = "a", n = n } end)\n' >t.lua
lode run -q --arg n=4 --arg top=5 t.lua 1.txt
