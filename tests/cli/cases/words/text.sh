printf 'one two two\n' >p.txt
lode words -f text p.txt
