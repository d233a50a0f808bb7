lode words
