# Said once for a file, however many rows it has; they count as pages all the same.
{ echo 'name,"the body"'; seq -f '%.0f,b' 500; } >pages.csv
: >empty.csv
printf 'name;body\n' >names.csv
printf 'name;body\na;b\n' | gzip >one.csv.gz
lode clean --errors errors pages.csv empty.csv names.csv one.csv.gz
cat errors
lode clean --limit 3 pages.csv
lode clean --sample 5 pages.csv
# A row may end before the text.
printf 'name,text\na\nb,B.\n' >short.csv
lode clean --repair-only short.csv
