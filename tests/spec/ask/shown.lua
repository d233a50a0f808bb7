--- A sentence as one line: white space between tokens as a space, "|" between tokens that touch.
return function(sentence, form)
  local out = {}
  for token in sentence.tokens { zone = "all" } do
    if #out > 0 then out[#out + 1] = token.glued and "|" or " " end
    out[#out + 1] = form(token)
  end
  return table.concat(out)
end
