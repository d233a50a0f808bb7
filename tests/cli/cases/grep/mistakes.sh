# Every error of a pattern has its column.
printf 'x\n' >page.txt
for pattern in 'cap "said' 'foo' 'capp "x"' 'gap' 'cap (gap(3)' 'w"two,words"' 'cap{3,1}' 'cap | | num' '' 'rule' '"a" gap("b")' \
  'cap {2}{' 'text:cap' '@person' 'cap(3)'; do
  lode grep -e "$pattern" page.txt
done
