# A story, the same story edited, in furniture and cut, and another: kept pages as they came, the others listed.
story='The council voted on Tuesday to close the old bridge for repairs that will last until the end of next year. Engineers had found cracks in two of its pillars, and said that heavy lorries must not cross it any more. Shop owners on the east bank fear for their trade, and asked the mayor for a ferry while the work goes on.'
other='Heavy rain fell over the northern hills on Monday, and three villages were cut off when the river rose above its banks. Farmers moved their cattle to higher ground before noon, and the school was closed. Nobody was hurt, said a spokesman for the fire brigade, who asked drivers to stay at home until the water falls again.'
{
  printf '{"id":"wire","text":"%s"}\n' "$story"
  printf '{"id":"site","title":"x","text":"Home | News | Sport\\n\\n%s\\n\\nRead more stories"}\n' "$story"
  printf '{"id":"rain","text":"%s"}\n' "$other"
  printf '{"id":"edited","text":"%s"}\n' "$(echo "$story" | sed 's/Tuesday/Wednesday/; s/mayor for/major at/; s/heavy/big/')"
  printf '{"id":"cut","text":"%s"}\n' "$(echo "$story" | cut -c1-200)"
  printf '{"id":"same","text":"%s"}\n' "$other"
} >p.jsonl
lode dedup --near p.jsonl --dropped dropped.jsonl | cut -c1-40
cat dropped.jsonl
lode dedup --near -f clusters p.jsonl
lode dedup --near --keep longest p.jsonl | cut -c1-40
lode dedup --near --keep longest -f clusters - <p.jsonl | grep true
