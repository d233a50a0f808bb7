# Warnings and status 1; an error is 2; `check` is another name.
cat >rules.lua <<'END'
rule { "a", label = "a", match = w "said" + w "said told" * w "no" + w "said" }
rule { "b", label = "b", match = as("x", w "old" * gap(3)) * w "dam" }
END
lode lint rules.lua
echo $?
lode check "$SOURCE/scripts/deals.lua"
echo $?
echo 'rule {' >broken.lua
lode lint broken.lua
echo $?
lode lint
