# Without a terminal: one run, and its status.
cat >rules.lua <<'END'
rule { "dam", label = "dam", match = as("which", any) * w "dam", examples = { { "The dam.", which = "A" } } }
END
printf 'The old dam.\n' >page.txt
lode watch rules.lua page.txt | sed 's/  first.*//'
echo 'rule {' >>rules.lua
lode watch rules.lua page.txt
echo $?
lode watch rules.lua
