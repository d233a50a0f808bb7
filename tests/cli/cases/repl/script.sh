# A script's names and annotations are there.
cat >rules.lua <<'END'
local river = w "Orla Tass"
rule { "bank", label = "bank", match = as("river", river) * w "bank" }
END
printf 'The Orla bank is high.\nThe Tass is low.\n' >page.txt
printf '%s\n' 'ann "bank" * any' 'river' ':page none.txt' | lode repl rules.lua page.txt 2>&1
lode repl a b
