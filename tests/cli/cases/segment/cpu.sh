# Every kernel that this machine has, on the samples and on broken bytes: the same spans as the best one.
for i in 1 2 3 4 5 6 7 8; do cat "$SOURCE"/samples/pages/*.txt; done >a.txt
{ printf '\357\273\277'; tr 'aeiou' '\377\001\303\u00a0,' <a.txt; } >b.txt
tail -c 100000 a.txt | sed "s/e/e$(printf '\314\201')/g; s/r/$(printf '\327\220')\"/g" >c.txt
for unit in word sentence grapheme; do
  lode segment --unit $unit --standard uax29 a.txt b.txt c.txt >best
  for cpu in portable neon avx2 avx512; do
    if lode segment --unit $unit --standard uax29 --cpu $cpu a.txt b.txt c.txt >forced 2>message; then
      cmp best forced || echo "$unit $cpu differs"
    else
      grep -q "does not have it" message || cat message
    fi
  done
  wc -l <best
done
