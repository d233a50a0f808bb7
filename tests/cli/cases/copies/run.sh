# A wire story, the same in another layout and cut short, and another story: copies are told in input order for every -j.
cat > pages.jsonl <<'PAGES'
{"id":"wire","text":"The pumps of the upper lock will stand still until the water board has met on Monday, the town said.\nMartha Quill asked for new meters in every house along the river, and for somebody to read them.\nNobody in the town hall could say who is going to pay for either of them this year."}
{"id":"other","text":"A ferry ran aground below the old mill on Sunday night and was pulled free by two tractors at dawn.\nThe nine people on board had tea in the chapel and went home on foot, the miller told us."}
{"id":"copy","text":"THE PUMPS of the upper lock will stand still until the water board has met on Monday, the town said.\n\nMartha Quill asked for new meters in every house along the river - and for somebody to read them.\n\nNobody in the town hall could say who is going to pay for either of them this year!"}
{"id":"same","text":"A ferry ran aground below the old mill on Sunday night and was pulled free by two tractors at dawn.\nThe nine people on board had tea in the chapel and went home on foot, the miller told us."}
{"id":"empty","text":""}
{"id":"empty too","text":""}
PAGES
cat > copies.lua <<'LUA'
local pages = lode.counter "pages"
lode.page(function(p)
  pages:add("all")
  pages:add("texts", { once_per = "cluster" })
  p:emit { type = "page", duplicate_of = p.duplicate_of, cluster = p.cluster }
end)
lode.done(function(run) for what, n in pages:top() do run:emit { type = "count", what = what, n = n } end end)
LUA
for how in exact near; do
  echo "$how:"
  lode run -q --dedup $how -j1 copies.lua pages.jsonl > one
  lode run -q --dedup $how -j5 copies.lua pages.jsonl > five
  cmp one five && cat one
done
lode run -q copies.lua pages.jsonl | head -n 1
