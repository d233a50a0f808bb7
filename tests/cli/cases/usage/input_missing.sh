lode words no_such_file.txt
