# Records that are none, lengths that lie, a member whose check sum does not fit: each costs itself alone.
PATH=$SOURCE/tests/cli/bin:$PATH
record() { echo "Page $1 of the crawl is here." | warc conversion "http://orla.example/$1"; }
{
  record 1
  record 2 | sed 's/^Content-Length: /Content-Length: 9/'
  record 3
  echo 'what is this?'
  record 4
  record 5 | sed 's/^Content-Length: .*/Content-Length: 4\r/'
  record 6 | sed 's/^Content-Length.*/Content: none\r/'
  record 7
  record 8 | sed 's/^Content-Length: .*/Content-Length: 99999999999999999999999\r/'
  record 9
  record 10 | sed 's/^Content-Length: .*/Content-Length: 999999999999\r/'
  record 11
} >lies.wet
bounded 700 lode sentences -f tsv --fields page,text lies.wet
echo "exit $?"
for i in 1 2 3; do record $i | gzip >$i.gz; done
size=$(wc -c <2.gz)
{ cat 1.gz; head -c $((size - 8)) 2.gz; printf 'damaged!'; cat 3.gz; } >member.wet.gz
bounded 700 lode sentences -f tsv --fields page,text member.wet.gz
echo "exit $?"
{ cat 1.gz; head -c 100000 /dev/urandom; cat 3.gz; } >noise.wet.gz
bounded 700 lode sentences -q -f tsv --fields page,text noise.wet.gz
echo "exit $?"
{
  record 1 | gzip
  record 2 | sed 's/^Content-Length: .*/Content-Length: 999999999999\r/' | gzip
  record 3 | gzip
} >lies.wet.gz
bounded 700 lode sentences -f tsv --fields page,text lies.wet.gz
echo "exit $?"
