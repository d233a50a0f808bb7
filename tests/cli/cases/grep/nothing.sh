# Status 1, like grep's; kwic's too.
lode grep -e '"no such word"' "$SOURCE/samples/pages"
echo $?
lode kwic zebra "$SOURCE/samples/pages"
echo $?
lode grep pages
echo $?
lode grep -e '"a"' -f csv "$SOURCE/samples/pages"
