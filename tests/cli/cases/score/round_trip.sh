# Out to a spreadsheet and back, formulas and quotes in the text too; then the same rows against a script that changed.
cat >rules.lua <<'END'
rule { "sum", label = "sum", match = W "=" * any * w "dams" }
rule { "say", label = "say", match = as("who", cap) * w "said" * "," * '"' * as("what", any) }
END
printf '=A1 dams are "here", said Lee. Reed said, "no". Marsh said, "yes". -2 dams, said nobody.\n' >page.txt
lode run -q rules.lua page.txt -f csv --fields id,page,text,who,what,rule --id -o out.csv
tr -d '\r' <out.csv
# What a spreadsheet saves: a mark, semicolons, the verdicts, a row of its own.
printf '\357\273\277' >gold.csv
sed -e '1s/\r$/,verdict\r/' -e '2s/\r$/,ok\r/' -e '3s/\r$/, OK \r/' -e '4s/\r$/,wrong\r/' -e 's/,/;/g' out.csv >>gold.csv
printf ';page.txt;-2 dams;;;;missed\r\n' >>gold.csv
lode score rules.lua page.txt --gold gold.csv
echo $?
sed -e 's/cap)/w "Reed Lee")/' -e 's/as("what", any)/as("what", w "no yes" * any)/' rules.lua >new.lua
lode score new.lua page.txt --gold gold.csv
echo $?
