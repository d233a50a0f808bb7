--- The reference in lua/README.md is what the annotations say, and their examples come out as they say.  Returns how many
--- passed and failed.

return function(source, lode)
  local function quote(s) return "'" .. s:gsub("'", "'\\''") .. "'" end
  local function run(command)
    local pipe = assert(io.popen(command .. " 2>&1"))
    local text = pipe:read "a"
    return pipe:close(), text
  end
  local passed, failed = 0, 0
  local function check(good, message)
    if good then passed = passed + 1 else failed = failed + 1 print(message) end
  end

  local same, said = run(("cd %s && lua5.4 scripts/dev/reference --check"):format(quote(source)))
  check(same, said)

  -- Every example is a line of a script of its own: a rule whose match is the record, or a value that is printed.
  local _, list = run(("cd %s && lua5.4 scripts/dev/reference --examples"):format(quote(source)))
  local folder = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. quote(folder)))
  local count = 0
  for place, code, want in list:gmatch "([^\t\n]+)\t([^\t\n]+)\t([^\n]*)\n" do
    count = count + 1
    local text, pattern = code:match '^("[^"]*")%s%s+(.+)$'
    local script = assert(io.open(folder .. "/example.lua", "wb"))
    if text then script:write(("rule { 'x', label = 'x', match = %s }\n"):format(pattern))
    else
      script:write(("local value = %s\nif type(value) == 'table' then value = lode.json.encode(value) end\n"):format(code))
      script:write "lode.page(function(p) p:emit { type = 'x', value = tostring(value) } end)\n"
    end
    script:close()
    local page = assert(io.open(folder .. "/page.txt", "wb"))
    page:write(text and text:sub(2, -2) or "x", "\n")
    page:close()
    local _, got = run(("%s run -q %s %s -f tsv --fields %s | sed 1d | head -n 1"):format(quote(lode), quote(folder .. "/example.lua"),
      quote(folder .. "/page.txt"), text and "text" or "value"))
    check(got == want .. "\n", ("%s: %s\n--- gives\n%s--- should give\n%s"):format(place, code, got, want))
  end
  os.execute("rm -r " .. quote(folder))
  check(count >= 30, ("only %d examples in the annotations: are they found?"):format(count))
  return passed, failed
end
