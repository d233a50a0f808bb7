# What is no text has no words.
printf 'lode\001\002\003\004\005\006\007\010\016\017\377\376 words \000\001\002' >b.txt
echo 'some words' >t.txt
lode words b.txt t.txt
echo "status $?"
