# What is not read is refused at once, and what is read is said.
echo x >x.txt
lode words --input pdf x.txt
lode help run | grep -c -E 'html|warc|wet'
