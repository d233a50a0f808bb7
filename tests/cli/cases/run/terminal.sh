# On a terminal there is progress, a message is not mixed with it, and the summary comes last; nothing that a script
# prints steers the terminal.
i=10; while [ $i -lt 20 ]; do echo "Page $i says so." >p$i.txt; i=$((i + 1)); done
cat >s.lua <<'LUA'
lode.page(function(p)
  if p.id == "p12.txt" then
    print "\27[31mred"
  end
end)
LUA
script -qec 'TERM=xterm lode run -j 1 s.lua p1*.txt >/dev/null' /dev/null | tr -d '\r' | sed 's/.*\x1b\[K//' | grep -v '^$' | sed -E 's|[0-9.]+ s, [0-9.]+ MB/s$|T s, N MB/s|'
