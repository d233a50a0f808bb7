# The same pages for the same seed, in input order; other ones for another.
i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run -q --sample 4 --seed 1 s.lua p1*.txt >a
lode run -q --sample 4 --seed 1 -j 3 s.lua p1*.txt >b
lode run -q --sample 4 --seed 2 s.lua p1*.txt >c
cmp a b && wc -l <a && sort -c a && { cmp -s a c || echo "another sample"; }
