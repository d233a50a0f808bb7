# The most frequent first, then by bytes; numbers and marks are no words.
printf 'b a b a c B 12 \303\211t\303\251 \303\251t\303\251!\n' >p.txt
lode words p.txt
