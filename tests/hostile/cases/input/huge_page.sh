# One page of 1 GB is skipped and named; the page behind it is not lost.
truncate -s 1G a.txt
echo 'One page.' >b.txt
bounded 700 lode sentences a.txt b.txt
