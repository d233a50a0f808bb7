# Offsets around powers of ten, one grapheme at a time, and tokens far from each other.
head -c 100012 /dev/zero | tr '\0' a >a.txt
lode segment --unit grapheme a.txt | tr -d '{}:a-z".' | tr -s ',' '\n' | tr -d '[]' | awk 'NR > 2 && (NR % 2 ? $1 != last + 1 : $1 != last) { print "bad", NR, $1 } { last = $1 } END { print NR, last }'
{ echo x; head -c 9990 /dev/zero | tr '\0' '\n'; echo y; head -c 1000000 /dev/zero | tr '\0' '\n'; echo zed; } >b.txt
lode segment --unit word b.txt
lode segment --unit sentence b.txt
