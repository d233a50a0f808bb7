# A local that pages count in would depend on who works on which page.
mkdir pages
for i in 1 2 3 4; do printf 'A text.\n' >pages/$i.txt; done
printf 'local n = 0\nlode.page(function(p)\n  n = n + 1\n  p:emit { type = "a", n = n }\nend)\nlode.done(function(run) run:emit { type = "sum", n = n } end)\n' >t.lua
for j in 1 3; do lode run -q -j $j t.lua pages; done
