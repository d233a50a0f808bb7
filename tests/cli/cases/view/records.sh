# Records in their paragraphs, those inside others too; escaped; in colour where that is asked for.
cat >rules.lua <<'END'
rule { "river", label = "river", match = as("name", w "Orla") * w "dam" }
rule { "talk", label = "talk", match = w "the" * gap(3) * as("how", w "broke") }
END
printf 'The old Orla dam broke \033[31mat noon.\nNothing else.\n' >page.txt
lode view rules.lua page.txt | cat -v
lode view rules.lua page.txt --color always | cat -v
lode view "$SOURCE/scripts/quotes.lua" "$SOURCE/samples/pages/orla-talks-ledger.txt" | tail -n 9
