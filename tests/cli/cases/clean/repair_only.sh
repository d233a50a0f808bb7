printf 'The mayor didn\222t go.\nHome | World\n' >p.txt
lode clean --repair-only p.txt
