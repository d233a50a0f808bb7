lode test "$SOURCE/lua/lode/numbers.lua"
