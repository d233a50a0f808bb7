# What a page holds cannot steer the terminal.
printf 'The dam \033[31mbroke\302\215 at noon, and the\tdam is gone.\n' >page.txt
lode grep -e '"dam"' page.txt | cat -v
lode kwic dam --width 90 page.txt | cat -v
