lode.page(function(p)
  if p.text:find("MARK", 1, true) then
    local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end
  end
  p:emit{ type = "page", bytes = #p.text }
end)
