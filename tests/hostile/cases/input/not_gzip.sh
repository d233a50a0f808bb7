printf '\037\213\010\000garbage' >p.txt.gz
lode sentences p.txt.gz
