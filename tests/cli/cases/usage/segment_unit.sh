echo x >x.txt
lode segment x.txt
