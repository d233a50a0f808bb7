# Below page level the dropped units are cut out: JSON lines stay JSON lines with their escapes, text stays text.
printf '{"id":"a","text":"One line.\\nTwo \\u00e9 lines.\\nThree.","n":1}\n{"id":"b","text":"New.\\nTwo \\u00e9 lines.\\nOne line.\\n\\nLast."}\n' >p.jsonl
lode dedup --by line p.jsonl --dropped d.jsonl && cat d.jsonl
printf 'Alpha beta.\n\nGamma delta. Gamma delta. Epsilon.\n\nALPHA, beta!\n\nAlpha beta.\n' >p.txt
for by in paragraph sentence line; do echo "-- $by"; lode dedup --by $by p.txt; done
echo '-- folded'; lode dedup --by paragraph --fold p.txt
echo '-- clusters'; lode dedup --by sentence -f clusters p.txt
