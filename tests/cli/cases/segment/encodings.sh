# Text in another encoding is cut as what it says, at the bytes that it was written in.
printf 'Le caf\303\251 \303\251tait ferm\303\251. O\303\271?\n' >utf8.txt
iconv -f utf-8 -t windows-1252 utf8.txt >cp1252.txt
iconv -f utf-8 -t utf-16le utf8.txt | { printf '\377\376'; cat; } >utf16.txt
for file in utf8 cp1252 utf16; do lode segment --unit word $file.txt; lode segment --unit sentence $file.txt; done
lode segment --standard uax29 --unit word cp1252.txt utf16.txt
