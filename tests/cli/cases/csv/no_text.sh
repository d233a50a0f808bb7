printf 'name,body\na,b\n' >pages.csv
: >empty.csv
lode clean pages.csv empty.csv
