# What is broken costs its own row: it is named, and the rows behind it are read.
cat >pages.csv <<'END'
id,text,place
1,"He said "hello" to all",Orla
2,"Two." ,Orla
3,"A "best" title","two
lines"
4,Four.,Orla
5,"open, and on
6,"Six.",Orla
7,"two
lines","open
9,"Ni""ne",Orla
10,"never closed
11,Eleven.,Orla
12,"Twelve.",Orla
13,"open
14,Fourteen.,Orla
END
lode clean --repair-only -f tsv --fields id,text,meta.place pages.csv
# Neither -j nor compression, nor where the input is cut, changes a thing.
for i in $(seq 3000); do
  printf '%s,"An "odd" row"\n%s,"A row of\n""two"" lines."\n%s,"open\n%s,"Closed, ""and"" good."\n' $i $i $i $i
done | { echo id,text; cat; } >many.csv
gzip -k many.csv
lode clean -q --repair-only -j 1 --errors one.err many.csv >one 2>one.said
lode clean -q --repair-only -j 3 --memory 64M --errors other.err --input csv - <many.csv.gz >other 2>other.said
cmp one other
sed 's/"-#/"many.csv#/' other.err | cmp - one.err
wc -l <one
wc -l <one.err
# Nor does what damage leaves of a row become one.
head -c 1500 many.csv.gz >cut.csv.gz
lode clean -q --repair-only --errors cut.err cut.csv.gz 2>cut.said | tail -n 1 | grep -c 'Closed, ..and.. good.\|A row of'
tail -n 1 cut.said | sed 's/byte [0-9]*/byte N/'
# Without the names of the columns there is nothing to read.
printf 'id,"text\n1,One.\n' >open.csv
printf '"i"d,text\n1,One.\n' >behind.csv
lode clean -q --repair-only open.csv behind.csv
