# Pages of every kind as JSON lines: a name, no mixture, text decoded; the same pages are kept as without -f.
mkdir site
printf 'Der Pr\303\244sident kam an.\n' >site/a.txt
iconv -f utf-8 -t windows-1252 site/a.txt >site/b.txt
printf '<html><head><title>T</title></head><body><p>The two pumping stations at the lower lock will run again on Friday.</p></body></html>\n' >site/c.html
printf '{"id":"d","text":"one \\u201ctwo\\u201d.\\n\\nThe two pumping stations at the lower lock will run again on Friday.\\n","x":1}\n' >site/e.jsonl
printf 'id,text,source\n7,"He said ""yes"".",Ledger\n' >site/f.csv
lode dedup -f jsonl site
lode dedup --by paragraph -f jsonl site
lode dedup site >mixed.txt
lode dedup --fields id site
