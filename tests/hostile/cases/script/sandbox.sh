# What is not there cannot be used.
echo 'One page.' >p.txt
cat >s.lua <<'LUA'
local found = {}
for _, name in ipairs { "io", "debug", "dofile", "loadfile", "package" } do
  if pcall(function() assert(_G[name]) end) then found[#found + 1] = name end
end
for _, name in ipairs { "execute", "exit", "remove", "rename", "tmpname", "getenv", "setlocale" } do
  if pcall(function() assert(os[name]) end) then found[#found + 1] = "os." .. name end
end
if pcall(function() assert(string.dump) end) then found[#found + 1] = "string.dump" end
if pcall(function() assert(load("\27Lua")) end) then found[#found + 1] = "bytecode" end
if pcall(function() getmetatable("").__index = nil end) then found[#found + 1] = "string metatable" end
local text = "found: " .. table.concat(found, " ")
lode.page(function(p) p:emit { type = "found", what = text } end)
LUA
lode run -q s.lua p.txt
