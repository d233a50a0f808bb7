lode help --seed
lode help -j | head -n 2
