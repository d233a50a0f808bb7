# Offsets are those of the bytes that came in; nothing is left out.
printf '\303\251\303\251ab\377\376 c\0d' >p.txt
lode segment --unit word --standard uax29 p.txt
printf '\357\273\277ab \377' >p.txt
lode segment --unit word --standard uax29 p.txt
