# A user's own abbreviations, in every command that cuts text; and what a broken file gets.
printf '[title]\nDiplx # comment\n[unit]\nfoobarx.\n' >more.txt
printf 'Diplx. Ruiz paid 5 foobarx. Then she left.\n' >page.txt
lode tokens --abbreviations more.txt --text "Diplx. Ruiz"
for more in "" "--abbreviations more.txt"; do
  lode segment -q --unit sentence $more page.txt
  lode sentences -q $more -f csv --fields text page.txt
  lode words -q $more --top 1 page.txt
done
printf 'lode.page(function(p) for s in p:sentences() do p:emit { type = "s", s } end end)\n' >s.lua
lode run -q --abbreviations more.txt -f csv --fields text s.lua page.txt
printf 'lode.abbreviations { title = "diplx", unit = "foobarx" }\n' | cat - s.lua >own.lua
lode run -q -f csv --fields text own.lua page.txt
printf '[title]\nx\n[titel]\n' >bad.txt
lode words --abbreviations bad.txt page.txt
lode words --abbreviations missing.txt page.txt
printf 'lode.abbreviations { unt = "x" }\n' >bad.lua
lode run bad.lua page.txt
