# One name for zones in all of help; both are taken.
lode help --zone | grep -c 'zones '
for c in run clean tokens sentences words; do lode help $c | grep -o -e '--zones* ZONE'; done
printf 'Home | World | Sport | Login\n\nThe mayor of Arden said on Monday that the bridge would be closed.\n' >p.txt
lode clean --zones nav p.txt >a && lode clean --zone nav p.txt >b && cmp a b && echo same
