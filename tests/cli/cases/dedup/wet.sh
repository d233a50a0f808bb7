# Pages of WET and CSV are written as JSON lines; below page level what is dropped is cut from `text`, broken bytes are repaired.
one='The dam above Orla was opened on Friday, the water board said.\n\nNobody in the town hall knew why.\n'
two='The dam above Orla was opened on Friday, the water board said.\n\nThe ferry ran all the same, with caf\351 and "cake".\n'
{
  printf "$one" | warc conversion http://orla.example/1
  printf "$two" | warc conversion http://orla.example/2
  printf "$one" | warc conversion http://orla.example/3
} >crawl.wet
lode dedup -q crawl.wet
echo "by paragraph:"
lode dedup -q --by paragraph crawl.wet
printf 'id,text\na,"the same, twice"\nb,"the same, twice"\n' >pages.csv
lode dedup -q pages.csv
