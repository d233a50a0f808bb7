# A run that fails leaves what was there before.
echo old >out.jsonl
printf 'x' >p.txt
lode words -o out.jsonl p.txt no_such_file
echo $?
cat out.jsonl
