# A run does not write over what it reads, under whatever name; what is refused is as it was.
mkdir pages && echo "Page one." >pages/1.txt && echo "Page two." >pages/2.txt
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
echo 'return { raw = true }' >mine.lua
ln -s pages/1.txt link && ln pages/1.txt hard
try() { lode run -q "$@"; echo $?; }
try s.lua pages -o s.lua
try s.lua pages --errors s.lua
try s.lua pages -f mine.lua -o ./mine.lua
echo "[title]" >abbr && try s.lua pages --abbreviations abbr -o abbr
try s.lua pages/1.txt pages/2.txt -o pages/2.txt
try s.lua link -o pages/1.txt
try s.lua pages/1.txt -o hard
try s.lua 'pages/*.txt' -o pages/1.txt
try s.lua pages/1.txt --errors pages/1.txt
try s.lua - -o pages/1.txt <pages/1.txt
try s.lua pages -o new --errors pages/../new
try s.lua pages -o new --errors new.part
try s.lua pages -o new.part --errors new
(lode run -q s.lua pages/1.txt >>pages/1.txt; echo $?)
cat pages/1.txt s.lua mine.lua
ls
# Devices can be both.
try s.lua /dev/null -o /dev/null --errors errors
# A format is a file only with .lua.
cp pages/1.txt csv && try s.lua pages -f csv -o csv && cat csv
