# The sample pages as people see them, their metadata, and that bytes of the body are bytes of the page.
cd "$SOURCE" || exit
for page in samples/html/*; do lode clean -q --view --width 110 "$page"; done
lode clean -q -f tsv --fields id,meta.title,meta.author,meta.source,meta.date,meta.updated,meta.url samples/html
lode clean -q --zones caption,comment,notice samples/html/orla-quay-courier.html | sed 's/,"zones".*//'
lode clean -q samples/html/orla-quay-courier.html | grep -o '"form":"[a-z]*"' | sort | uniq -c
lode run -q -f tsv --fields page,line,speaker,text scripts/quotes.lua samples/html
