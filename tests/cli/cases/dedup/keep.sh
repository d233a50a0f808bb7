# Which copy is kept: by a script whose page stage returns a number.
{
  printf '{"id":"blog","source":"blog","text":"The bridge will stay closed until May."}\n'
  printf '{"id":"wire","source":"wire","text":"The bridge will stay closed until May."}\n'
  printf '{"id":"rain","source":"blog","text":"Heavy rain fell over the hills."}\n'
  printf '{"id":"late","source":"wire","text":"The bridge will stay closed until May."}\n'
} >p.jsonl
cat >best.lua <<'END'
local rank = { wire = 2, blog = -1.5 }
lode.page(function(p) return rank[p.meta.source] end)
END
lode dedup --keep best.lua p.jsonl --dropped dropped.jsonl
cat dropped.jsonl
lode dedup --keep best.lua --by sentence -f clusters p.jsonl
# Where it raises or returns something else the page is skipped, and named once.
echo 'lode.page(function(p) if p.id == "wire" then error("no source") end return p.id == "rain" and "x" or nil end)' >part.lua
lode dedup --keep part.lua p.jsonl
echo "status $?"
# A page that no script sees is named once too.
echo '{"id":"cut' >>p.jsonl
lode dedup --keep longest p.jsonl
echo "status $?"
echo 'rule { "a", label = "x", match = "the" }' >rules.lua
for keep in rules.lua missing.lua lngest; do
  lode dedup --keep $keep p.jsonl
  echo "status $?"
done
