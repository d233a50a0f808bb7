# An interrupted run is not thrown away by who forgets --resume: it is refused, and --restart says that it is meant.  The
# output lies among the pages here, and its journal is no page.
mkdir pages
line=$(head -c 60000 /dev/zero | tr '\0' 'x' | sed 's/x\{9\}x/one two. /g')
i=0; while [ $i -lt 400 ]; do printf '{"id":"p%d","text":"%s"}\n' $i "$line"; i=$((i + 1)); done >pages/a.jsonl
cat >s.lua <<'LUA'
lode.page(function(p)
  local n = 0
  for i = 1, 200000 do n = n + i % 7 end
  p:emit { type = "page", sum = n }
end)
LUA
lode run -q s.lua pages -j 2 -o want.jsonl
lode run -q s.lua pages -j 1 -o pages/out.jsonl & run=$!
i=0
while [ "$(stat -c %s pages/out.jsonl.journal 2>/dev/null || echo 0)" -le 200 ] && [ $i -lt 500 ]; do sleep 0.02; i=$((i + 1)); done
kill -9 $run; wait $run 2>/dev/null
lode run -q s.lua pages -o pages/out.jsonl; echo $?
cp pages/out.jsonl.journal kept
lode run -q s.lua pages -o pages/out.jsonl --resume && cmp want.jsonl pages/out.jsonl && echo resumed
rm pages/out.jsonl && mv kept pages/out.jsonl.journal
lode run -q s.lua pages -o pages/out.jsonl --restart && cmp want.jsonl pages/out.jsonl && echo begun anew
ls pages
