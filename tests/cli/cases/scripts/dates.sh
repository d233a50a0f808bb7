# Every date of the samples: what a careful reader would say.
cd "$SOURCE"
lode run -q -f tsv scripts/dates.lua samples/pages
