echo x >x.txt
lode segment --unit word --cpu avx2 x.txt; echo $?
lode segment --unit word --standard uax29 --cpu mmx x.txt; echo $?
case $(uname -m) in x86_64) lode segment --unit word --standard uax29 --cpu neon x.txt ;; *) lode segment --unit word --standard uax29 --cpu avx2 x.txt ;; esac 2>&1 | sed 's/neon\|avx2/OTHER/'
