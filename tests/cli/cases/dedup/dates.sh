# The earliest, however dates are written; of a page without one, what its text tells; what is not understood is said.
for date in '10 May 2024' '2024-05-02T08:00:01Z' '2024-05-02T08:00:00Z' 'May 9, 2024' 'Fri, 03 May 2024 10:00:00 GMT' 20240504 '05/01/2024' 1714521600; do
  printf '{"id":"%s","date":"%s","text":"The goat climbed the town hall."}\n' "$date" "$date"
done >dates.jsonl
lode dedup --keep date -f clusters dates.jsonl
sed 1,3d dates.jsonl | lode dedup --near --keep date --dropped d.jsonl -f clusters - | grep true
story='The two pumping stations at the lower lock will run again on Friday, the ministry said on Tuesday evening.'
printf 'Pumps to run\n\nPublished: 3 March 2031\n\n%s\n' "$story" >late.txt
printf 'Pumps to run\n\nPublished: 2 March 2031\n\n%s\n' "$story" >early.txt
lode dedup --near --keep date -f clusters late.txt early.txt
lode dedup --near --keep date --resume -o out.txt late.txt early.txt
