# Fields of later records have no column in csv, and a column that is misspelled stays empty: both are said.
mkdir pages
printf 'One.\n' >pages/1.txt
printf 'Two.\n' >pages/2.txt
cat >t.lua <<'LUA'
lode.page(function(p)
  if p.id:find "1" then p:emit { type = "a", x = 1 } else p:emit { type = "b", times = 2, count = 3 } end
end)
LUA
lode run -q -f csv t.lua pages
lode run -q -f tsv --fields page,tmes t.lua pages
