# Lines of JSON by number or id, an id among inputs, and what is not there.
cat >rules.lua <<'END'
rule { "dam", label = "dam", match = w "dam" }
END
printf '{"text":"No river."}\n{"id":"b","text":"The dam."}\n' >pages.jsonl
lode why rules.lua 'pages.jsonl#1'
lode why rules.lua 'pages.jsonl#b'
lode why rules.lua b pages.jsonl
lode why rules.lua 'pages.jsonl#c'
echo $?
lode why rules.lua
echo $?
lode why rules.lua pages.jsonl --want dam
echo $?
