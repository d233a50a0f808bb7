# A page of HTML that was saved as .txt is HTML, unless it is said to be text.
printf '\357\273\277\n <!DOCTYPE html><html><body><p>One <b>two</b> two.</p></body></html>\n' >page.txt
lode words page.txt
lode words --input text page.txt
printf 'A line about <html> and more.\n' >text.txt
lode words text.txt | head -n 3
gzip -k page.txt
lode words page.txt.gz
lode words - <page.txt
