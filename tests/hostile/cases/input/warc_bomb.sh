# Bombs in a WARC: a member of 256 MB, and an answer that unpacks to as much.  --max-page bounds both.
PATH=$SOURCE/tests/cli/bin:$PATH
{
  echo 'Page 1 is here.' | warc conversion http://orla.example/1 | gzip
  { printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://orla.example/2\r\nContent-Length: 268435456\r\n\r\n'
    head -c 268435456 /dev/zero; printf '\r\n\r\n'; } | gzip -1
  { printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n'; head -c 268435456 /dev/zero | gzip -1; } |
    warc response http://orla.example/3 'application/http; msgtype=response' | gzip
  echo 'Page 4 is here.' | warc conversion http://orla.example/4 | gzip
} >bombs.warc.gz
bounded 700 lode sentences -f tsv --fields page,text bombs.warc.gz
