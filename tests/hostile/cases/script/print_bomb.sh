# What print writes goes to standard error, escaped, and does not grow without end.
echo 'One page.' >p.txt
cat >s.lua <<'LUA'
lode.page(function(p)
  print("\27[31mred")
  p:emit { type = "page" }
end)
LUA
lode run -q s.lua p.txt
cat >bomb.lua <<'LUA'
lode.page(function(p)
  local line = ("x"):rep(1000000)
  for i = 1, 100000 do print(line) end
end)
LUA
bounded 1500 lode run -q --page-timeout 2 --page-memory 64M bomb.lua p.txt >/dev/null 2>err
[ $? = 3 ] && [ "$(wc -c <err)" -lt 500000000 ] && echo bounded
