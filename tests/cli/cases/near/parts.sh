# Which part, relaxed, would add how many; the relaxed part stands in brackets.
cat >rules.lua <<'END'
local name = cap - w "The"
rule { "meet", label = "meet", match = as("a", name) * w "met" * gap(1) * w "between" * -w "two" * as("b", name) }
END
cat >page.txt <<'END'
Lee met people between Marsh and Reed. Lee met nobody at all between Marsh and Reed.
Lee met them here between Marsh and Reed. Lee saw people between Marsh and Reed.
The mayor met people between Marsh.
END
lode near rules.lua page.txt
lode near rules.lua page.txt --top 1 -j 1
lode near rules.lua page.txt --rule other
echo $?
