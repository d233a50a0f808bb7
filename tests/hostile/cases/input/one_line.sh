# A page that is one line of 60 MB, clean and broken.
lua5.4 -e 'io.write((("The harbour office said that the ferry leaves at nine. "):rep(1100000)):sub(1, 60000000))' >line.txt
lua5.4 -e 'io.write((("The cafÃ© said itâ€™s open. "):rep(2200000)):sub(1, 60000000))' >broken.txt
lua5.4 -e 'io.write((("Ã©"):rep(15000000)))' >solid.txt
for f in line.txt broken.txt solid.txt; do
  bounded 3000 lode clean -q --page-timeout 100 $f | wc -c
done
