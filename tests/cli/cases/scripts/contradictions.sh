# What the samples say together.
cd "$SOURCE"
lode run -q -f tsv scripts/contradictions.lua samples/pages
