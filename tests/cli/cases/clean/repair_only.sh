printf 'The mayor didn\222t go \303\240 Orla.\nHome | World\n' >p.txt
lode clean --repair-only p.txt
