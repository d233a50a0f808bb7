# Half of a corpus, saved, and the other half give what the whole gives; shards give it too, for every -j.
i=0
while [ $i -lt 400 ]; do
  k=$((i % 150)) t=
  for w in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do t="$t w$(((k * 31 + w * 7 + k * w) % 9973))"; done
  [ $((i % 7)) = 0 ] && t="$t and more"
  echo "{\"id\":\"$i\",\"text\":\"$t\"}"
  i=$((i + 1))
done >all.jsonl
head -n 200 all.jsonl >1.jsonl
tail -n 200 all.jsonl >2.jsonl
lode dedup --near -j 1 -f clusters all.jsonl >whole
lode dedup --near -j 5 -f clusters all.jsonl | cmp - whole && wc -l <whole && grep -c true whole
lode dedup --near -f clusters --index i.lode 1.jsonl >first
lode dedup --near -f clusters --index i.lode 2.jsonl >second
tail -n 200 whole | cmp - second && echo same as at once
lode dedup --near --index j.lode all.jsonl >/dev/null && cmp i.lode j.lode && echo one index
lode dedup --near --signatures 1.sig 1.jsonl && lode dedup --near --signatures 2.sig 2.jsonl
lode dedup --merge 1.sig 2.sig | cmp - whole && echo merged
lode dedup --near -f clusters --against 1.sig 2.jsonl | cmp - second && ls
lode dedup --near --threshold 0.5 --index i.lode 2.jsonl
echo "status $?"
head -c 5000 i.lode >cut.lode; lode dedup --near --against cut.lode 2.jsonl
echo "status $?"
lode dedup --by line --against i.lode 2.jsonl
echo "status $?"
lode dedup --near --against all.jsonl 2.jsonl
echo "status $?"
# What the index has already does not make it grow.
cp i.lode before.lode
lode dedup --near --index i.lode all.jsonl
cmp i.lode before.lode && echo 'nothing added'
