# Any bytes at all: the program itself as a page.
head -c 500000 "$(readlink -f "$(command -v lode)")" >p.txt
for command in tokens sentences words clean "segment --unit word" "segment --unit grapheme --standard uax29"; do
  lode $command --page-timeout 60 p.txt >out 2>err || { echo "$command: $?"; grep -o "this is no text" err; }
  [ -s out ] && echo "$command"
done
