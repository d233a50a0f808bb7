# Repaired pages are counted; without any there is no word of them.
printf 'Caf\351 \303\251 one.\n' >a.txt && echo "Two." >b.txt
echo 'lode.page(function(p) end)' >s.lua
lode run s.lua a.txt b.txt
lode run s.lua b.txt
lode run --sample 1 s.lua b.txt
