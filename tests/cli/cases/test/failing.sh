cat > a.lua <<'END'
rule { "title", label = "person", match = as("title", w "Mayor Minister") * as("name", cap ^ 1) * opt(as("more", num)),
  examples = {
    { "said Mayor Ann Lee on", title = "Mayor", name = "Ann Lee", more = false },
    { "said Mayor Ann Lee on", name = "Ann" },
    { "nobody", name = "Ann" },
    { none = "a minister went" },
    { none = "Minister Reed went" } } }
END
lode test a.lua
