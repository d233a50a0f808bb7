# Lost to another match, refused by keep, another zone, a need that is not there, a border.
cat >rules.lua <<'END'
local name = cap ^ 1
rule { "old dam", label = "dam", match = w "old" * w "dam" }
rule { "dam", label = "dam", match = w "dam" }
rule { "short", label = "name", match = as("name", name), keep = function(p, m) return #m.name > 4 end }
rule { "headline", label = "head", zone = "headline", match = w "dam" }
rule { "across", label = "pair", match = w "dam" * gap(9) * w "flood" }
rule { "river", label = "river", match = w "river" * any }
rule { "later", label = "x", match = w "old" * ann "late" }
rule { "late", label = "late", phase = 2, match = w "dam" }
END
printf 'Lee saw the old dam. Nobody saw the flood come.\n' >page.txt
lode why rules.lua page.txt@4
lode why rules.lua page.txt --text 'saw the flood' --rule nope
