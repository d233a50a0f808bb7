# The same bytes for every number of workers.
cd "$SOURCE"
for jobs in 1 2 5; do lode run -q -j "$jobs" scripts/people.lua samples/pages | cksum; done | sort -u | wc -l
