# People name the pages first; a folder alone is no script; long options have two dashes.
mkdir pages && echo "One." >pages/a.txt && echo 'lode.page(function(p) end)' >money.lua
lode run pages money.lua; echo $?
lode run pages/a.txt pages money.lua; echo $?
lode run - money.lua; echo $?
lode run pages; echo $?
lode run pages pages/a.txt; echo $?
lode money.lua pages; echo $?
lode run -fields a money.lua pages; echo $?
lode run -limit=3 money.lua pages; echo $?
# A script needs no ending.
cp money.lua rules && lode run -q rules pages money.lua && echo taken
