i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
cat >s.lua <<'LUA'
lode.page(function(p) p:emit { type = "seen", number = tonumber(p.id:match "%d+") } end)
LUA
lode run s.lua p1*.txt -j 2
