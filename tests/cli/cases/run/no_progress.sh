# Records on the same terminal, or a pipe that may end there, are not smeared with progress; a file is.
i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
cat >s.lua <<'LUA'
lode.page(function(p) p:emit { type = "seen" } end)
LUA
count() { tr '\r' '\n' | grep -c ' pages, '; }
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt' /dev/null | count
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt | cat' /dev/null | count
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt -o /dev/stdout | cat' /dev/null | count
seen() { if [ "$(count)" -gt 0 ]; then echo progress; else echo none; fi; }
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt >out' /dev/null | seen
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt -o out' /dev/null | seen
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt >/dev/null' /dev/null | seen
script -qec 'TERM=xterm lode run -q -j 1 s.lua p1*.txt -o out' /dev/null | seen
