cat >rules.lua <<'END'
rule { "dam", label = "dam", match = w "dam" }
END
printf 'The dam.\n' >page.txt
printf 'page,text\npage.txt,dam\n' >gold.csv
lode score rules.lua page.txt --gold gold.csv
printf 'page,text,verdict\npage.txt,dam,ok\npage.txt,dam,maybe\n' >gold.csv
lode score rules.lua page.txt --gold gold.csv
printf 'page,verdict\npage.txt,ok\n' >gold.csv
lode score rules.lua page.txt --gold gold.csv
printf 'page,text,verdict\npage.txt,"dam,ok\n' >gold.csv
lode score rules.lua page.txt --gold gold.csv
lode score rules.lua page.txt
lode score rules.lua page.txt --gold none.csv
