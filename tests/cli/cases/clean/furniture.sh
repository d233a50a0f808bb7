# Lines that recur on the pages of a source are learnt in a first pass, and are no body then; the list can be used again.
n=0
mkdir orla tassia
for what in bridge harbour market school tower mill; do
  n=$((n + 1))
  printf 'The %s of the valley was opened on Friday by the mayor, who said that it had cost too much.\n\nSign up for our morning letter and read the news of the valley before all of your neighbours do.\n\nNobody had been asked about the %s, the board said in the evening, and everybody went home.\n\nThe Orla Times\n\nVisits: %d\n' $what $what $((n * 7)) >orla/$n.txt
  printf 'Of the %s of another town nothing was said on Friday, and the mayor there said nothing either.\n\nThe Orla Times was not there.\n' $what >tassia/$n.txt
done
lode clean -q -j 1 --furniture list.tsv orla tassia >one
cat list.tsv
lode clean -q -j 3 --furniture other.tsv orla tassia | cmp - one
cmp list.tsv other.tsv
# Learning says nothing of its own.
lode clean --furniture third.tsv orla | wc -l
lode clean -q --furniture list.tsv --view --color never orla/1.txt tassia/1.txt
# The same for scripts.  What is no list is said, and what cannot be read twice.
echo 'lode.page(function(p) for q in p:paragraphs {} do p:emit { type = "p", span = q } end end)' >s.lua
lode run -q --furniture list.tsv -f tsv --fields text s.lua orla/2.txt
echo no list >bad.tsv
lode clean --furniture bad.tsv orla/1.txt
lode clean --furniture new.tsv - <orla/1.txt
