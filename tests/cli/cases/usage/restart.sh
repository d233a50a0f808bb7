echo x >x.txt
lode words --resume --restart -o out x.txt; echo $?
lode help words | grep -A 1 -e --restart | head -n 1
