# Every quotation of the samples, with its speaker: what a careful reader would say, but for the pronouns left open.
cd "$SOURCE"
lode run -q -f tsv scripts/quotes.lua samples/pages
