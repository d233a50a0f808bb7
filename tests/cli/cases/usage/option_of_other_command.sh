# --top belongs to words.
lode sentences --top 3 x
