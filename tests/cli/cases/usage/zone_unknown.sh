echo x >x.txt
lode sentences --zone bodi x.txt
