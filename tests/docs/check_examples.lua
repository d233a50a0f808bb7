--- Runs the examples of the documents: every ```console block, and compares what it prints.
---
---     lua5.4 check_examples.lua SOURCE LODE
---
--- In a block, a line "$ COMMAND" is run by sh in the source folder (build/lode and lode are the program under
--- test) and the lines up to the next one are what it must print, standard error included.  A line of only "..."
--- stands for any lines, "..." inside a line for any characters: times and speeds differ from run to run.
--- A document without console blocks is a fault of this list.

local source, lode = arg[1], arg[2]
local documents = { "README.md", "samples/README.md" }
local passed, failed = 0, 0

local function quote(s) return "'" .. s:gsub("'", "'\\''") .. "'" end

local function run(command)
  local folder = lode:match "^(.*)/[^/]*$" or "."
  command = command:gsub("%f[%w./]build/lode%f[^%w/]", "lode")
  local pipe = assert(io.popen(("cd %s && PATH=%s:$PATH && export PATH && { %s\n} 2>&1"):format(quote(source), quote(folder), command)))
  local text = pipe:read "a"
  pipe:close()
  return text
end

local function split(text)
  local lines = {}
  for line in text:gmatch "([^\n]*)\n?" do lines[#lines + 1] = line end
  while lines[#lines] == "" do lines[#lines] = nil end
  return lines
end

local function line_matches(got, want)
  if not want:find("...", 1, true) then return got == want end
  local pattern = want:gsub("%.%.%.", "\0"):gsub("[%^%$%(%)%%%.%[%]%*%+%-%?]", "%%%0"):gsub("%z", ".*")
  return got:find("^" .. pattern .. "$") ~= nil
end

local function matches(got, want, i, j)
  i, j = i or 1, j or 1
  while j <= #want do
    if want[j] == "..." then
      for k = i, #got + 1 do
        if matches(got, want, k, j + 1) then return true end
      end
      return false
    end
    if i > #got or not line_matches(got[i], want[j]) then return false end
    i, j = i + 1, j + 1
  end
  return i > #got
end

local function check(document, number, command, want)
  while want[#want] == "" do want[#want] = nil end
  local text = run(command)
  if matches(split(text), want) then
    passed = passed + 1
    return
  end
  failed = failed + 1
  print(("%s:%d: $ %s\n--- prints\n%s--- should print\n%s\n"):format(document, number, command, text, table.concat(want, "\n")))
end

local function check_document(document)
  local file = io.open(source .. "/" .. document, "rb")
  if not file then
    print(document .. ": not there")
    failed = failed + 1
    return
  end
  local inside, command, want, at = false, nil, nil, 0
  local number, examples = 0, 0
  local function finish()
    if command then
      check(document, at, command, want)
      examples = examples + 1
    end
    command = nil
  end
  for line in file:lines() do
    number = number + 1
    if not inside then
      inside = line:match "^```console%s*$" ~= nil
    elseif line:match "^```" then
      finish()
      inside = false
    elseif line:match "^%$ " then
      finish()
      command, want, at = line:sub(3), {}, number
    elseif command and command:match "\\$" then
      command = command:sub(1, -2) .. line:gsub("^>%s*", "")
    elseif want then
      want[#want + 1] = line
    end
  end
  file:close()
  if examples == 0 then
    print(document .. ": has no console block")
    failed = failed + 1
  end
end

for _, document in ipairs(documents) do check_document(document) end
local more_passed, more_failed = dofile(arg[0]:gsub("[^/]*$", "check_reference.lua"))(source, lode)
passed, failed = passed + more_passed, failed + more_failed
print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
