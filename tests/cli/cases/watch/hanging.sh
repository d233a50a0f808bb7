# A script that hangs is stopped; the next save begins anew.
cat >rules.lua <<'END'
lode.page(function(p) while true do end end)
END
printf 'The old dam.\n' >page.txt
on_terminal lode watch rules.lua page.txt --page-timeout 0.5 <<'END'
wait stopped: no page came within 0.5 seconds
run echo 'lode.page(function(p) p:emit { type = "x" } end)' >rules.lua
wait 1 records on 1 pages
send q
END
