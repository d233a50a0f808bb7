# The script in `lode help rules` is one that passes its own test.
lode help rules | sed -n 's/^    //p' >s.lua
lode test s.lua
