# Save the script and see what came, went and changed; a key writes an example; a broken script keeps the screen.
cat >rules.lua <<'END'
local mark = "rule {"
rule { "dam", label = "dam", match = as("which", w "old new") * w "dam" } -- rule { "x" }
rule { "river", label = "river", match = as("name", w "Orla"), examples = {
    { "The Orla.", name = "Orla" } } }
END
printf 'The old dam on the Orla.\n\nThe new dam and the big dam.\n' >page.txt
on_terminal lode watch rules.lua page.txt <<'END'
wait 3 records on 1 pages, 1 examples pass
run sed -i 's/old new/old big/' rules.lua
wait +1 -1 ~0  3 records
show - page.txt
show + page.txt
send j
wait > + page.txt:3 dam  big dam
send e
wait +0 -0 ~0  3 records on 1 pages, 2 examples pass
send a
wait page.txt:1 dam  old dam
send n
wait FAIL dam
show FAIL dam
run echo 'rule {' >>rules.lua
wait unexpected symbol near <eof>
run sed -i '$d' rules.lua
wait FAIL dam
send q
END
sed 's/  first.*//' rules.lua
