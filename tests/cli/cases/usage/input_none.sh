# A file that is not there, a pattern without a match and folders without files are one kind of error.
mkdir -p empty/deeper
lode words no_such_file.txt; echo $?
lode words '*.nothing'; echo $?
lode words empty; echo $?
lode words empty empty/deeper; echo $?
# Something to read beside them is enough for folders.
echo one >x.txt && lode words empty x.txt
