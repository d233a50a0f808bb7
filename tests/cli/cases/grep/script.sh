# A script gives names and annotations; its own rules write nothing.
cat >rules.lua <<'END'
local river = w "Orla Tass"
rule { "bank", label = "bank", phase = 2, match = river * w "bank" }
END
printf 'The Orla bank is high. The Tass is low.\n' >page.txt
lode grep -e '@bank "is"' --script rules.lua page.txt
lode run -q -e 'what:river w"is bank"' --script rules.lua page.txt
