# The same bytes from one worker and from several, and from a second run.
cd "$SOURCE"
for jobs in 1 2 5 1; do lode run -q -j "$jobs" scripts/quotes.lua samples/pages | cksum; done | sort -u | wc -l
for jobs in 1 2 5 1; do lode run -q -j "$jobs" scripts/words.lua samples/pages | cksum; done | sort -u | wc -l
