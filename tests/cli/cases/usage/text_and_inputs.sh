lode tokens --text a b.txt
