lode test "$SOURCE/scripts/deals.lua"
