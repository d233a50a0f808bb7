# A text longer than a batch is read in pieces: the same spans in one record. --memory decides how long a piece is.
for i in 1 2 3 4 5 6 7 8 9 10; do cat "$SOURCE"/samples/pages/*.txt "$SOURCE"/README.md; done | head -c 400000 >lines.txt
tr '\n' ' ' <lines.txt >line.txt
{ head -c 150000 /dev/zero | tr '\0' ' '; cat lines.txt; } >spaces.txt
for file in lines line spaces; do
  for what in "word" "sentence" "grapheme" "word --standard uax29" "sentence --standard uax29"; do
    # A run of spaces is one span there, and has no place where it may be cut.
    case "$file $what" in spaces*uax29) continue ;; esac
    lode segment --memory 2G --unit $what $file.txt >whole
    lode segment --memory 64M --unit $what $file.txt >pieces
    lode segment --memory 64M --unit $what - <$file.txt | sed 's/"-"/"'$file.txt'"/' >streamed
    [ "$(wc -c <whole)" -gt 20000 ] || echo "$file: $what: what is compared is short"
    cmp whole pieces || echo "$file: $what: differs"
    cmp whole streamed || echo "$file: $what: the stream differs"
  done
done
# Nothing but white space, and nothing at all.
head -c 150000 /dev/zero | tr '\0' ' ' >blank.txt
: >empty.txt
lode segment --memory 64M --unit word blank.txt empty.txt
: | lode segment --unit word -
