# A note about the samples, as a person reads it; the same bytes for every -j.
cd "$SOURCE"
lode run -q scripts/brief.lua samples/pages
lode run -q -j 1 scripts/brief.lua samples/pages | cksum >"$OLDPWD/one"
lode run -q -j 3 scripts/brief.lua samples/pages | cksum | cmp - "$OLDPWD/one"
