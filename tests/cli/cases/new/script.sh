# What it writes loads without a warning and passes its own examples; nothing is written over.
lode new my-openings
lode test my-openings.lua
lode lint my-openings.lua
head -n 6 my-openings.lua
lode new my-openings.lua
echo $?
lode new
echo $?
printf 'Last week Ann Lee opened the new lock.\n' >page.txt
lode run -q my-openings.lua page.txt
