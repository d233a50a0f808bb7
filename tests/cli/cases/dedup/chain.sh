# A copy of a copy that the first of them has too little in common with: it is no copy, so nothing of it is lost.
{
  echo '{"id":"x1","text":"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"}'
  echo '{"id":"x2","text":"six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"}'
  echo '{"id":"x3","text":"eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty anna berta carla dora emma"}'
  echo '{"id":"x4","text":"six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty yes"}'
} >p.jsonl
lode dedup --near -f clusters p.jsonl
lode dedup --near p.jsonl --dropped dropped.jsonl | cut -c1-12
cat dropped.jsonl
# The similarity is that of the verified pair, also where another one than the first is kept.
lode dedup --near --keep longest p.jsonl --dropped dropped.jsonl | cut -c1-12
cat dropped.jsonl
lode dedup --explain --near x2 x4 p.jsonl | head -n 1
