# The same bytes for every number of workers.
i=0
while [ $i -lt 300 ]; do echo "{\"id\":\"$i\",\"text\":\"the w$((i % 17)) and w$((i % 5)) said so $i\"}"; i=$((i + 1)); done >p.jsonl
for j in 1 2 5; do lode words -j $j p.jsonl >out.$j; done
cmp out.1 out.2 && cmp out.1 out.5 && head -n 4 out.1
