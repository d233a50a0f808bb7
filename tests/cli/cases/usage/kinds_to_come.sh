# What is not read today is refused at once, and what is read is said.
echo x >x.txt
for kind in csv wet warc; do lode words --input $kind x.txt; echo $?; done
lode help run | grep -c -E 'html|warc|wet' || true
