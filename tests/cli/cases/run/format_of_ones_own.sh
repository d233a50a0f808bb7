echo 'One page.' >p.txt
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
cat >mine.lua <<'LUA'
return {
  head = function() return "begin\n" end,
  row = function(record) return "row " .. record.page .. "\n" end,
  foot = function() return "end\n" end,
}
LUA
lode run -q -f ./mine.lua s.lua p.txt
