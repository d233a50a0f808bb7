printf 'one two two\n' >p.txt
lode words -o counts.tsv p.txt && ls && cat counts.tsv
