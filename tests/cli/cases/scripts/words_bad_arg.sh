cd "$SOURCE"
lode run -q --arg n=many scripts/words.lua samples/pages
