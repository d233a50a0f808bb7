lode clean --view -f csv x.txt
