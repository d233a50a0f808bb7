# --width, and 100 columns where there is no terminal; wide characters count two and are broken without spaces, and
# every line keeps the margin.
{ i=0; while [ $i -lt 30 ]; do printf 'bridge%d road ' $i; i=$((i + 1)); done; echo; echo
  i=0; while [ $i -lt 30 ]; do printf '\346\235\261\344\272\254'; i=$((i + 1)); done
  printf ' Tokyo \343\200\202'; i=0; while [ $i -lt 9 ]; do printf '\346\251\213'; i=$((i + 1)); done; echo; } >p.txt
lode clean --view --width 60 p.txt
lode clean --view --width 60 p.txt -o view -q && lode clean --view --width 60 p.txt | cmp - view
lode clean --view p.txt | grep bridge0
lode clean --view --width 39 p.txt; echo $?
