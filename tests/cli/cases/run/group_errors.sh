# An error of a group says which group and key and where; a record without a type is refused.
printf 'A text.\n' >1.txt
cat >t.lua <<'LUA'
lode.group { name = "by-who", label = "a", key = function(r) return r.who end,
  reduce = function(who, records)
    return { name = who, times = #records }
  end }
lode.group { name = "by-age", label = "b", key = function(r)
    return r.person.age
  end, reduce = function() end }
lode.page(function(p) p:emit { type = "a", who = "Ann" } end)
LUA
lode run -q t.lua 1.txt
sed 's/type = "a"/type = "b"/' t.lua >u.lua
lode run -q u.lua 1.txt
