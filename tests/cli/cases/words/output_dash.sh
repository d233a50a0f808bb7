# - is standard output, as everywhere.
printf 'one two two\n' >p.txt
lode words -o - p.txt && ls
