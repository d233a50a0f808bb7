echo 'lode.page(function(p) end)' >s.lua
lode run s.lua
