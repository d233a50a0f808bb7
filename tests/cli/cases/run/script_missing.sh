echo x >p.txt
lode run no_such.lua p.txt
