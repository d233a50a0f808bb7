printf 'one two two\n' >p.txt
lode words -f csv --fields word,count p.txt
