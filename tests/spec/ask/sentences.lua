lode.page(function(p)
  for s in p:sentences { zone = "all" } do p:emit { type = "show", show = lode.squeeze(s.text) } end
end)
