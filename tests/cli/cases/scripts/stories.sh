# What the samples say together.
cd "$SOURCE"
lode run -q -f tsv scripts/stories.lua samples/pages
