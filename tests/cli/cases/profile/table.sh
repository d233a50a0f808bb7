# Counts are the same for every -j; how long it took is not compared.
cat >rules.lua <<'END'
local name = cap - w "The"
rule { "said", label = "said", match = name ^ 1 * (w "said" + gap(2) * w "told" + w "wrote" * w "again") }
rule { "minister", label = "said", priority = 1, match = w "minister" * name ^ 1 * w "said", keep = function(p, m) return false end }
rule { "zebra", label = "zebra", match = w "zebra" }
END
lode profile rules.lua "$SOURCE/samples/pages" -j 1 | sed 's/^ *[0-9][0-9.]* /MS /' >one
lode profile rules.lua "$SOURCE/samples/pages" -j 2 | sed 's/^ *[0-9][0-9.]* /MS /' >two
sort one >one.sorted; sort two >two.sorted
cmp one.sorted two.sorted && cat one.sorted
cat >list.lua <<'END'
rule { "place", label = "place", match = w "the" * lex { "Orla", { "Lime Tree Palace", "palace" }, "Atlantis" } * any }
END
lode profile list.lua "$SOURCE/samples/pages" | sed 1,3d
