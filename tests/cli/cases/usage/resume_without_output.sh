echo x >x.txt
lode words --resume x.txt
