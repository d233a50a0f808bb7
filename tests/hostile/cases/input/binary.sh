# Any bytes at all: the program itself as a page.
head -c 3000000 "$(readlink -f "$(command -v lode)")" >p.txt
for command in tokens sentences words clean "segment --unit word" "segment --unit grapheme --standard uax29"; do
  lode $command p.txt >out 2>err || { echo "$command: $?"; cat err; }
  [ -s out ] && echo "$command"
done
