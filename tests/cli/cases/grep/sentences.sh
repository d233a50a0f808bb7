# Each sentence once, the match in a colour where that is asked for, sentences around it, groups apart.
cd "$SOURCE"
lode grep -e '"the pumps"' samples/pages
lode grep -e '"the pumps"' --color always samples/pages/held-state-agency.txt
lode grep -e 'who:name{1,2} gap(3) w"said told"' -C 1 samples/pages/lantern-daily.txt
