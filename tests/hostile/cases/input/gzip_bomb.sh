head -c 268435456 /dev/zero | gzip -1n >bomb.txt.gz
echo 'One page.' >z.txt
bounded 700 lode sentences bomb.txt.gz z.txt
