echo x >x.txt
lode words --seed 3 x.txt
