# What a reviewer asks for besides: context, sentence, metadata, spans, characters, ids.
cat >rules.lua <<'END'
rule { "dam", label = "dam", match = as("which", cap) * all("word", any) ^ { 1, 2 } * w "dam" }
END
printf 'Ärger: Der Orla big old dam är là. And more.\n\nThe Tass dam.\n' >page.txt
lode run -q rules.lua page.txt --context 9 --sentence --spans --id
lode run -q rules.lua page.txt --offsets chars --spans
printf '{"id":"x","text":"The Orla old dam.","date":"2026-01-02","which":"none"}\n' >page.jsonl
lode run -q rules.lua page.jsonl --with which,date,url
lode run -q rules.lua page.jsonl --with date --id -f csv | tr -d '\r'
cat >stage.lua <<'END'
lode.columns { "text" }
lode.page(function(p) for s in p:find "dam" do p:emit { type = "dam", span = s } end p:emit { type = "page" } end)
END
lode run -q stage.lua page.txt --id --context 5 -f csv | tr -d '\r'
