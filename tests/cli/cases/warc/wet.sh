# WET: each conversion is a page, named by its address; what the file says of itself is none.
story='Orla News\n\nThe dam above Orla was opened on Friday, the water board said in the morning.\n\nThe mayor was not there, and nobody in the town hall knew where he was.\n'
{
  printf 'Software-Info: x\r\n' | warc warcinfo "" application/warc-fields
  printf "$story" | warc conversion http://orla.example/1
  printf "$story" | warc conversion http://orla.example/2
} >crawl.wet
lode clean -f tsv --fields id,meta.url,meta.fetched,text crawl.wet
# Each record a gzip member, as Common Crawl has it; the same pages for every -j and through a pipe.
{
  printf "$story" | warc conversion http://orla.example/1 | gzip
  printf "$story" | warc conversion http://orla.example/2 | gzip
} >crawl.warc.wet.gz
lode clean -q -j 1 crawl.warc.wet.gz >one
lode clean -q -j 3 crawl.warc.wet.gz >three
lode clean -q --input wet - <crawl.warc.wet.gz >piped
cmp one three && cmp one piped && wc -l <one
lode clean -q --limit 1 crawl.wet | cut -c 1-31
