printf 'One \377\376 two \303 three \355\240\200 four.\n' >p.txt
lode sentences p.txt
lode clean --repair-only p.txt
