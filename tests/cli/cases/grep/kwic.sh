cd "$SOURCE"
lode kwic minister --width 100 samples/pages/lantern-daily.txt samples/pages/orla-talks-ledger.txt
lode kwic -e 'w"talk talks"' --width 80 --color always samples/pages/lantern-daily.txt
