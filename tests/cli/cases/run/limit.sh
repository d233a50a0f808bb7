i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run --limit 3 s.lua p1*.txt
