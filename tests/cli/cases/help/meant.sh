lode help zoens
lode help sandbx
