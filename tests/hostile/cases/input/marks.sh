# Quadratic bait, a million times each: combining marks, quotes, stops, regional indicators, joiners.
for bait in '\314\201' '"' '. ' '\360\237\207\251' "'" 'a.' '\342\200\215'; do
  { printf 'a'; yes "$(printf "$bait")" | head -n 1000000 | tr -d '\n'; } >p.txt
  lode sentences --page-timeout 60 p.txt >out || echo "$bait: $?"
  lode segment --unit word --standard uax29 --page-timeout 60 p.txt >out || echo "$bait: $?"
done
