lode help words
