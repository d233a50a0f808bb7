lode.page(function(p) p:emit { type = "page", duplicate_of = p.duplicate_of, cluster = p.cluster } end)
