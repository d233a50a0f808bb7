# 3, with the page named; --max-errors lets it pass; --give-up ends the run with nothing written.
i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
cat >s.lua <<'LUA'
lode.page(function(p)
  if p.id == "p13.txt" then error "no" end
  p:emit { type = "seen" }
end)
LUA
lode run --errors errors.jsonl s.lua p1*.txt | wc -l
lode run s.lua p1*.txt -q >out; echo "exit $?"
lode run --max-errors 1 -q s.lua p1*.txt >out; echo "exit $?"
lode run --max-errors 10% -q s.lua p1*.txt >out; echo "exit $?"
lode run --max-errors 9% -q s.lua p1*.txt >out; echo "exit $?"
lode run --give-up 1 -q -o kept s.lua p1*.txt; echo "exit $?"
ls kept* 2>/dev/null
cat errors.jsonl
