# A script without rules: its records, and what it says itself; only `why` listens.
cat >denials.lua <<'END'
lode.page(function(p)
  for s in p:sentences() do
    if s.text:find "denied" then p:emit { type = "denial", span = s }
    else lode.why(s, function() return "nobody denied anything: " .. #s.text .. " bytes" end) end
  end
end)
END
printf 'Lee denied it. Reed did not.\n' >page.txt
lode run -q denials.lua page.txt
lode why denials.lua page.txt#L1
lode why denials.lua page.txt@20
