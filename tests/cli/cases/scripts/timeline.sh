# What the samples say together.
cd "$SOURCE"
lode run -q -f tsv scripts/timeline.lua samples/pages
