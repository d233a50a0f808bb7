# The column "text" is the page, "id" its name; the others are metadata.  Quoted fields hold commas and line ends.
printf '\357\273\277id,title,text\r\n1,"A ""dam"" opens","The dam above Orla,\nthe first one, was opened."\r\n,No name,Two.\r\n3,more,x,y,z\r\n\r\n5,,Five.\r\n' >pages.csv
lode clean --repair-only pages.csv
# Semicolons and tabs are known by the first row; -j, pipes and compression change nothing.
printf 'text;source\nEins.;Orla\n' >pages2.csv
printf 'source\ttext\nOrla\tUn.\n' >pages.tsv
lode clean -q -f tsv --fields id,meta.source,text pages2.csv pages.tsv
gzip -k pages.csv
lode clean -q --repair-only --input csv - <pages.csv.gz | cut -d , -f 2- >piped
lode clean -q --repair-only -j 3 pages.csv.gz | cut -d , -f 2- | cmp - piped
