# An alias file puts names together that no rule would.
printf 'Gov. Garland Marsh came.\n' >a.txt
printf 'Andy Marsh came.\n' >b.txt
mkdir -p own
cp "$SOURCE/scripts/people.lua" own/
printf '# a person a line\nGarland Marsh | Andy Marsh\n' >own/aliases.txt
lode run -q --label identity own/people.lua a.txt b.txt
lode run -q --label identity --arg aliases=aliases.txt own/people.lua a.txt b.txt
