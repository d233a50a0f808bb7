# Who reports the samples, and whom they cite.
cd "$SOURCE"
lode run -q -f tsv scripts/sources.lua samples/pages
