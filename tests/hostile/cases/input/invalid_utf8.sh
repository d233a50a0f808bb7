printf 'One \377\376 two \303 three \355\240\200 four caf\303\251s d\303\251j\303\240.\n' >p.txt
lode sentences p.txt
lode clean --repair-only p.txt
