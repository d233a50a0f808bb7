i=0
while [ $i -lt 2000 ]; do echo "{\"id\":\"$i\",\"text\":\"page $i says $((i * 7919 % 1000)) things\"}"; i=$((i + 1)); done | gzip -n9 >whole.jsonl.gz
head -c 6000 whole.jsonl.gz >half.jsonl.gz
lode sentences half.jsonl.gz >out
status=$?
# Every line that could be decoded is there, and no more.
lode sentences whole.jsonl.gz | head -n "$(wc -l <out)" | cmp - out && [ -s out ] && echo "a prefix"
exit $status
