local shown = require "shown"
lode.page(function(p)
  for s in p:sentences { zone = "all" } do
    p:emit { type = "show", show = shown(s, function(token) return token.fold end) }
  end
end)
