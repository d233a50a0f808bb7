lode.page(function(p)
  for paragraph in p:paragraphs { zone = "all" } do
    local words, cut = lode.squeeze(paragraph.text), false
    while lode.len(words) > 48 do words, cut = words:match "^(.*) " or lode.sub(words, 1, 48), true end
    p:emit { type = "show", show = paragraph.zone .. ": " .. words .. (cut and " ..." or "") }
  end
end)
