# Quadratic bait: a megabyte of combining marks, of quotes, of stops, of regional indicators.
for bait in '\314\201' '"' '. ' '\360\237\207\251' "'" 'a.' '\342\200\215'; do
  { printf 'a'; i=0; while [ $i -lt 1000 ]; do printf "$bait"; i=$((i + 1)); done; } >one
  i=0
  while [ $i -lt 1000 ]; do cat one; i=$((i + 1)); done >p.txt
  lode sentences --page-timeout 20 p.txt >out || echo "$bait: $?"
  lode segment --unit word --standard uax29 --page-timeout 20 p.txt >out || echo "$bait: $?"
done
