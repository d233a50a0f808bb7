# A quote mark that is never closed takes its own row with it, and none of those behind it.
{ echo 'id,text'; echo '1,one'; echo '2,"open'; seq -f '%.0f,row' 3 2000000; } >open.csv
bounded 700 lode clean --repair-only --max-page 5M --max-errors 1 open.csv | cut -c 1-24 | sed -n '1p;2p;$p'
