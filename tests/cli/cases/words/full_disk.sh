printf 'one two two\n' >p.txt
lode words p.txt >/dev/full
