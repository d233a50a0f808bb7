# Texts of other encodings are read as what they are in, as in every other command.
text='Der Pr\303\244sident sagte: Wir m\303\274ssen reden. Das Caf\303\251 war geschlossen, die Stra\303\237e auch.\n'
printf "$text" >utf8.txt
printf "$text" | iconv -f utf-8 -t windows-1252 >cp1252.txt
printf "$text" | iconv -f utf-8 -t utf-16 >utf16.txt
for file in utf8 cp1252 utf16; do lode words $file.txt >$file.out; done
cmp utf8.out cp1252.out && cmp utf8.out utf16.out && lode words --top 4 cp1252.txt
printf '\320\237\321\200\320\265\320\267\320\270\320\264\320\265\320\275\321\202 \321\201\320\272\320\260\320\267\320\260\320\273\n' | iconv -f utf-8 -t koi8-r >koi8.txt
lode words koi8.txt
# What is cut into pieces cannot be cut between the bytes of a character.
i=0
while [ $i -lt 60000 ]; do printf "$text"; i=$((i + 1000)); done >some.txt
i=0
while [ $i -lt 1000 ]; do cat some.txt; i=$((i + 1)); done | iconv -f utf-8 -t utf-16 >large.txt
lode words large.txt utf8.txt >out.txt
echo "status $?, $(wc -l <out.txt) words"
