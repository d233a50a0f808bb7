# Where the value that was wanted stands, and how far each rule with that field came.
cat >rules.lua <<'END'
rule { "said", label = "said", match = as("speaker", cap) * w "said" * gap(3) * as("what", w "no") }
END
printf 'Marsh said yes.\n\nLee said, after all of it, no.\n\nReed said no.\n' >page.txt
lode why rules.lua page.txt#L1 --want speaker=Lee
lode why rules.lua page.txt --want speaker=Lee
lode why rules.lua page.txt --want speaker=Reed
lode why rules.lua page.txt --want speaker=Zed
echo $?
