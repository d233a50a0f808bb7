# What clean wrote is a page like any other: its metadata is there for scripts and for dedup.
printf '{"id":"b","text":"The ministers met.\\n","date":"2031-03-02","source":"Ledger"}\n{"id":"a","text":"The ministers met.\\n","date":"2031-03-01","source":"Courier"}\n' >pages.jsonl
lode clean pages.jsonl -o clean.jsonl && cat clean.jsonl
echo 'local lode = require "lode" lode.page(function(p) p:emit { type = "page", date = p.meta.date, source = p.meta.source, nested = p.meta.meta } end)' >meta.lua
lode run meta.lua clean.jsonl
lode dedup --keep date -f clusters clean.jsonl
printf '{"id":"c","text":"x","date":"2031","meta":{"date":"1999","\\u0073ource":"in"}}\n{"id":"d","text":"x","meta":"none"}\n' | lode run meta.lua --input jsonl -
