--- The laws of the source tree that a compiler does not see.
---
---     lua5.4 check_layers.lua SOURCE BUILD
---
--- Includes point down the layers, and each package of the system is used by one layer; file names are unique;
--- files and functions have a bounded length; no object file holds a variable that can change.

local source, build = arg[1], arg[2]

-- Each folder with what it may include; a folder always sees itself.
local uses = {
  base = {}, text = { "base" }, io = { "base" },
  page = { "text", "io", "base" },
  clean = { "page", "text", "io", "base" },
  rule = { "page", "text", "io", "base" },
  dedup = { "page", "text", "io", "base" },
  lua = { "rule", "dedup", "clean", "page", "text", "io", "base" },
  api = { "rule", "dedup", "clean", "page", "text", "io", "base" },
  run = { "lua", "rule", "dedup", "clean", "page", "text", "io", "base" },
  cli = { "run", "lua", "rule", "dedup", "clean", "page", "text", "io", "base" },
}

-- Headers of packages, and the only layer that includes them.
local owner = {
  ["lua.h"] = "lua", ["lauxlib.h"] = "lua", ["lualib.h"] = "lua", ["utf8proc.h"] = "text", ["xxhash.h"] = "base",
  ["zlib.h"] = "io", ["zstd.h"] = "io", ["sys/wait.h"] = "run",
  ["editline/readline.h"] = "cli",
}

local FILE_LINES, FUNCTION_LINES = 800, 80

local passed, faults = 0, {}
local function fault(...) faults[#faults + 1] = string.format(...) end
local function law(name, check)
  local before = #faults
  check()
  if #faults == before then passed = passed + 1 else print("broken: " .. name) end
end

local function lines_of(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  local lines = {}
  for line in (text:gsub("\n$", "") .. "\n"):gmatch "(.-)\n" do lines[#lines + 1] = line end
  return lines
end

local function find(folder, names)
  local pipe = assert(io.popen(("find %s/%s -type f \\( %s \\) | LC_ALL=C sort"):format(source, folder, names)))
  local list = {}
  for path in pipe:lines() do list[#list + 1] = path end
  assert(pipe:close())
  return list
end

local files = {} -- of src: path, folder, name, lines
local folder_of = {} -- header name -> folder
for _, path in ipairs(find("src", "-name '*.[ch]'")) do
  local folder, name = path:match "/src/([^/]+)/([^/]+)$"
  if folder then
    files[#files + 1] = { path = path, folder = folder, name = name, lines = lines_of(path) }
    folder_of[name] = folder
  else
    fault("%s: sources stand in src/FOLDER/", path)
  end
end
assert(#files > 0, "no sources found below " .. source)

local function check_include(file, number, form, name)
  if form == "<" then
    if owner[name] and owner[name] ~= file.folder then
      fault("%s:%d: <%s> belongs to src/%s", file.path, number, name, owner[name])
    end
    return
  end
  local target = folder_of[name]
  if not target then return fault("%s:%d: \"%s\" is no header of src", file.path, number, name) end
  if target == file.folder then return end
  for _, allowed in ipairs(uses[file.folder]) do
    if allowed == target then return end
  end
  fault("%s:%d: src/%s must not see src/%s (\"%s\")", file.path, number, file.folder, target, name)
end

-- What an example or a test leaves behind shows up here, before it is committed.
law("the root holds what it is for", function()
  local known = {}
  for name in ("CMakeLists.txt README.md build lua samples scripts src tests"):gmatch "%S+" do known[name] = true end
  local pipe = assert(io.popen(("ls %s"):format(source)))
  for name in pipe:lines() do
    if not known[name] then fault("%s is no name of the root", name) end
  end
  assert(pipe:close())
end)

law("includes point down", function()
  for _, file in ipairs(files) do
    if not uses[file.folder] then
      fault("%s: src/%s is no layer", file.path, file.folder)
    else
      for number, line in ipairs(file.lines) do
        local form, name = line:match '^%s*#%s*include%s*([<"])([^">]+)[">]'
        if form then check_include(file, number, form, name) end
      end
    end
  end
end)

-- Headers are included by bare name, and a name in a message finds one file.
law("names of C files are unique", function()
  local seen = {}
  for _, folder in ipairs { "src", "tests" } do
    for _, path in ipairs(find(folder, "-name '*.[ch]'")) do
      local name = path:match "[^/]+$"
      if seen[name] then fault("%s: there is %s already", path, seen[name]) end
      seen[name] = path
    end
  end
end)

local function is_generated(file)
  for i = 1, math.min(10, #file.lines) do
    if file.lines[i]:find("Do not edit", 1, true) then return true end
  end
  return false
end

law("files are below " .. FILE_LINES .. " lines", function()
  for _, file in ipairs(files) do
    if #file.lines >= FILE_LINES and not is_generated(file) then fault("%s: %d lines", file.path, #file.lines) end
  end
end)

-- A function begins at an unindented line with a "(" and ends at an unindented "}".  One that is longer must
-- say "state machine" in its comment or body.
local function check_functions(file)
  local begin
  for number, line in ipairs(file.lines) do
    if line:match "^[%a_].*%(" and not line:match "^typedef" and not line:match ";%s*$" then begin = number end
    if line == "}" and begin then
      local length = number - begin + 1
      if length > FUNCTION_LINES then
        local text = table.concat(file.lines, "\n", math.max(1, begin - 12), number)
        if not text:lower():find "state machine" then fault("%s:%d: a function of %d lines", file.path, begin, length) end
      end
      begin = nil
    end
  end
end

law("functions are at most " .. FUNCTION_LINES .. " lines", function()
  for _, file in ipairs(files) do
    if not is_generated(file) then check_functions(file) end
  end
end)

-- What a signal handler needs cannot be a parameter.  Name -> reason.
local allowed = {}

-- Constants that hold addresses lie in .data.rel.ro, which is read-only once the program runs.
local function is_mutable(section)
  if section:find("^%.data%.rel%.ro") then return false end
  return section:find "^%.data" or section:find "^%.bss" or section:find "^%.tdata" or section:find "^%.tbss" or section == "*COM*"
end

-- Sanitizers add variables of their own; the same sources are checked in the builds without them.
local function is_sanitized()
  local cache = io.open(build .. "/CMakeCache.txt")
  local text = cache and cache:read "a" or ""
  if cache then cache:close() end
  return text:find "LODE_SANITIZE:BOOL=ON" ~= nil
end

local function check_variables()
  local seen = 0
  local pipe = assert(io.popen(("nm --format=sysv --defined-only %s/liblode_*.a 2>&1"):format(build)))
  local member = "?"
  for line in pipe:lines() do
    member = line:match "%[(.-)%]:$" or line:match "^Symbols from .-%[(.-)%]" or member
    local name, section = line:match "^(%S+)%s*|.*|%s*(%S+)%s*$"
    if name then
      seen = seen + 1
      if is_mutable(section) and not allowed[name:gsub("%.%d+$", "")] then
        fault("%s: %s in %s can change", member, name, section)
      end
    end
  end
  pipe:close()
  if seen == 0 then fault("no symbols in %s/liblode_*.a", build) end
end

if not is_sanitized() then law("no variable can change", check_variables) end

for _, text in ipairs(faults) do print(text) end
print(("%d passed, %d failed, 0 skipped"):format(passed, #faults))
os.exit(#faults == 0)
