# Everybody on the samples, then whose names are one: the president in four spellings.
cd "$SOURCE"
lode run -q -f tsv --fields page,line,name,forms,roles,country --label person scripts/people.lua samples/pages | sed 's|^samples/pages/||'
lode run -q --label identity scripts/people.lua samples/pages
