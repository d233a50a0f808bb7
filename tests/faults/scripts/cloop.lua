lode.page(function(p)
  if p.text:find("MARK", 1, true) then
    local _ = ("a"):rep(2000):find(".-.-.-.-b")
  end
  p:emit{ type = "page", bytes = #p.text }
end)
