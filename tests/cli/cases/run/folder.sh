# A folder stands for its files, sorted, hidden ones left out; ids are paths as walked.
mkdir -p d/b
for f in d/z.txt d/a.txt d/b/c.txt d/.hidden; do echo 'One page.' >$f; done
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
lode run -q s.lua d
