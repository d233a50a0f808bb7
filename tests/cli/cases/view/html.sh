# For a browser; nothing of a page or a record is markup there.
cat >rules.lua <<'END'
rule { "dam", label = "dam", match = as("which", any) * w "dam", emit = function(p, m) return { note = '"><script>' } end }
END
printf 'The <b>old</b> dam & \033the "new" dam.\n' >'a<b>.txt'
lode view rules.lua 'a<b>.txt' --html
