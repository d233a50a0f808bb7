echo x >p.txt
echo 'lode.page(function(p' >s.lua
lode run s.lua p.txt
