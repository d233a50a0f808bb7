printf 'One\0two. Three\0\0.\n' >p.txt
lode tokens p.txt
