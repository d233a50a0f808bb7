# Whole records: a page with menus, a caption, lost characters and spam around the article.
cd "$SOURCE"
lode run -q scripts/quotes.lua samples/pages/lantern-daily.txt
