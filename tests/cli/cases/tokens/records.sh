printf 'Ann Poe said no.\n\nThe caf\303\251 didn\222t open.\n' >p.txt
lode tokens p.txt
