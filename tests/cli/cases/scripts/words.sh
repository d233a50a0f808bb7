cd "$SOURCE"
lode run -q --arg n=12 scripts/words.lua samples/pages
lode run -q --arg n=5 -f tsv scripts/words.lua samples/pages/orla-talks-*.txt
