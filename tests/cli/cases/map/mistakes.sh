cat >plain.lua <<'END'
lode.page(function(p) p:emit { type = "page", n = 1 } end)
lode.done(function(run) run:emit { type = "done" } end)
END
printf 'x\n' >page.txt
lode map plain.lua page.txt
lode map plain.lua page.txt | grep '^/' | lode reduce plain.lua
echo bad | lode reduce plain.lua
echo $?
printf 'x/y\t1\t{}\n' | lode reduce plain.lua
echo $?
cat >named.lua <<'END'
lode.page(function(p) end)
lode.group { name = "a/b", key = function() end, reduce = function() end }
END
lode map named.lua page.txt
lode map plain.lua page.txt -f csv
lode map plain.lua
