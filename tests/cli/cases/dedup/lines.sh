# Plain text by line: order kept, blank lines kept, files one after another, any bytes.
printf 'b\na\n\nb\n\n\377\na \na\nlast' >1.txt
printf 'last\nnew\n\377\nb\r\n' >2.txt
lode dedup --by line 1.txt 2.txt | od -c
gzip -c 1.txt >z.txt.gz
lode dedup --by line z.txt.gz | cmp - 1.txt || echo differs as it should
lode dedup --by line -o 1.txt 1.txt
echo "status $?"
printf '{"id":"x","text":"a\\na"}\n' >json
lode dedup --by line json
