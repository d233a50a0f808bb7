printf 'Ann Poe said no.\n' >p.txt
lode tokens -f tsv --fields text,kind,start,end p.txt
