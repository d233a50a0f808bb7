--- @meta

--- What differs from stock Lua 5.4 in a script that lode runs; the rest of base, string, table, math, utf8 and coroutine
--- is as the Lua manual says.  `lode help sandbox` says what is closed.

--- LPeg, the pattern library, without a header: lpeg.P, lpeg.R, lpeg.C, ...  p:find(pattern) gives every match with its
--- captures; lpeg.match works on strings.  Its manual: https://www.inf.puc-rio.br/~roberto/lpeg/
--- @class lpeg
lpeg = {}

--- Visits the keys in order: numbers, strings by bytes, booleans.  So a record never depends on how a table was hashed.
--- rawpairs does not sort.  An iterator like p:sentences() goes into `for` as it is, without pairs.
--- @param t table
--- @return fun(t: table, key: any): any, any
function pairs(t) end

--- Lua's own pairs: faster, in no order.
--- @param t table
--- @return fun(t: table, key: any): any, any
function rawpairs(t) end

--- For lists: 1, 2, 3, ... to the first nil.
--- @param list table
--- @return fun(list: table, i: integer): integer, any
function ipairs(list) end

--- Writes to standard error, at most 1 MB for a page; the lines of a page that is skipped are not shown.
function print(...) end

--- A module of the library ("lode.news.names") or of the script's folder ("mine", "mine.part"); at load only.
--- @param name string
--- @return any
function require(name) end
