# The script of the README, from zero.
cat >denials.lua <<'END'
local lode = require "lode"

lode.page(function(p)
  for sentence in p:sentences() do
    for token in sentence.tokens { kind = "word" } do
      if token.fold == "denied" then p:emit { type = "denial", span = sentence, date = p.meta.date } end
    end
  end
end)
END
lode run -q denials.lua "$SOURCE/samples/pages/denied-velmora-today.txt" | sed "s|$SOURCE/||"
