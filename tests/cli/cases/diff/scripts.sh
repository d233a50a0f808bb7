# Added, removed, changed, by rule; nothing where there is no difference.
cat >old.lua <<'END'
rule { "dam", label = "dam", match = as("which", any) * w "dam", emit = function() return { n = 1 } end }
rule { "river", label = "river", match = w "river" }
END
cat >new.lua <<'END'
-- moved a line
rule { "dam", label = "dam", match = as("which", w "old new") * w "dam", emit = function() return { n = 2 } end }
rule { "water", label = "water", match = w "river" * any }
END
printf 'The old dam and a dam. The river is low.\n' >page.txt
lode diff old.lua new.lua page.txt
echo $?
lode diff old.lua old.lua page.txt
echo $?
lode diff old.lua broken.lua page.txt
echo $?
