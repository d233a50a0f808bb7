# -c, -l, -o; the pages in their order, whatever -j.
cd "$SOURCE"
lode grep -e '"minister" name{1,2}' -c samples/pages
lode grep -e '"minister" name{1,2}' -l -j 2 samples/pages
lode grep -e '"minister" name{1,2}' -o samples/pages
