# A WARC that is cut in the middle, plain and compressed: the pages before the cut are there, the cut is named.
PATH=$SOURCE/tests/cli/bin:$PATH
for i in 1 2 3; do echo "Page $i of the crawl is here." | warc conversion "http://orla.example/$i" | gzip; done >whole.wet.gz
head -c $(($(wc -c <whole.wet.gz) - 40)) whole.wet.gz >cut.wet.gz
gzip -dc whole.wet.gz | head -c 500 >cut.wet
for f in cut.wet.gz cut.wet; do
  bounded 700 lode sentences -f tsv --fields page,text $f
  echo "exit $?"
done
