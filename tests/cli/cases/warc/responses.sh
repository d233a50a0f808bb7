# WARC: the answers that are pages.  Requests, images and errors are none; chunks are joined, gzip is undone.
http='application/http; msgtype=response'
page='<html><body><article><p>The dam above Orla was opened on Friday, the water board said in the morning.</p><p>The mayor was not there, and nobody in the town hall knew where he was.</p></article></body></html>'
{
  printf 'GET / HTTP/1.1\r\n\r\n' | warc request http://orla.example/1 'application/http; msgtype=request'
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s' "$page" | warc response http://orla.example/1 "$http"
  printf 'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\211PNG' | warc response http://orla.example/png "$http"
  printf 'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n%s' "$page" | warc response http://orla.example/404 "$http"
  { printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n'; printf '%s' "$page" | gzip; } |
    warc response http://orla.example/gzip "$http"
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n28\r\n%.40s\r\n%x\r\n%s\r\n0\r\n\r\n' \
    "$page" $((${#page} - 40)) "${page#????????????????????????????????????????}" | warc response http://orla.example/chunks "$http"
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<html><body><article><p>\362\305\313\301 \324\305\336\305\324.</p></article></body></html>' |
    warc response http://orla.example/koi8 "$http"
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\001\002' | warc response http://orla.example/br "$http"
} >crawl.warc
lode clean -f tsv --fields id,meta.encoding,text crawl.warc
