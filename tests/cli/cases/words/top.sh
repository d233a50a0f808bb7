printf 'one two two three three three\n' >p.txt
lode words --top 2 p.txt
