echo 'One page.' >p.txt
lode words -o no/such/folder/out p.txt
