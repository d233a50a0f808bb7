echo x >p.txt
echo 'lode.page(function(p) end)' >s.lua
lode run -f cvs s.lua p.txt
