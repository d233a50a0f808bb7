printf 'a\n' >p.txt
for options in '--near --fold' '--threshold .5' '--near --threshold 0' '--near --threshold x' '-f csv' '--merge' \
  '--signatures s --keep longest' '--merge --keep longest' '--by word'; do
  lode dedup $options p.txt
  echo "status $?"
done
lode dedup --keep longest - <p.txt
echo "status $?"
