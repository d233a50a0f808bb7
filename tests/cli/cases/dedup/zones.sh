# The furniture of a site is no story: with --zone body two short stories in one frame are two, and one in two frames is one.
frame() { # NAME STORY
  printf 'Home | News | Sport | Weather | Business | Opinion | Video | Contact\nShare on Facebook Share on Twitter Print this page\n\n%s\n\n%s\n\nAll rights reserved. Copyright 2031 The Orla Ledger, Harbour Street 4.\nTerms of use | Privacy | Cookies | Imprint | Jobs | Help\n' "$1" "$2"
}
pumps='The two pumping stations at the lower lock will run again on Friday, the ministry said on Tuesday evening, after engineers had replaced the last of the broken meters.'
ferry='A ferry with ninety passengers ran aground near the island of Senn on Monday; nobody was hurt, and all of them were taken ashore by fishing boats within two hours.'
mkdir site
frame 'Stations to run on Friday' "$pumps" >site/a.txt
frame 'Ferry runs aground off Senn' "$ferry" >site/b.txt
printf 'Menu\nHeadlines\n\n%s\n\nOlder stories\n' "$pumps" >site/c.txt
echo '--- all'; lode dedup --near -f clusters site
echo '--- body'; lode dedup --near --zone body -f clusters site
echo '--- paragraphs of the body; all else stays'; lode dedup --by paragraph --zone body site -o kept.txt --dropped dropped.jsonl; cat dropped.jsonl; tail -n 5 kept.txt
echo '--- sentences, in JSON'
printf '{"id":"1","text":"%s"}\n{"id":"2","text":"Menu\\n\\n%s It is \\u201ccold\\u201d there.\\n"}\n' "$pumps" "$pumps" >two.jsonl
lode dedup --by sentence --zone body two.jsonl
echo '--- a page without a body is compared whole'
printf 'Home | News | Sport\n' >d.txt
printf 'Home | News | Weather\n' >e.txt
lode dedup --zone body -f clusters d.txt e.txt d.txt
echo '--- explained as it was compared'
lode dedup --explain --zone body site/a.txt site/b.txt site
echo '--- an index knows what it holds'
lode dedup --near --zone body --index seen.lode site -o first.txt
lode dedup --near --against seen.lode site
echo "status $?"
lode dedup --by line --zone body site
echo "status $?"
