--- NAME | OTHER FORMS | ROLES | COUNTRY | SEX OR LINKS for each person; "= NAME: FORM COUNT, ... ? MAYBE" for each identity.
local function list(items) return items and #items > 0 and table.concat(items, ", ") or "-" end

return {
  row = function(r)
    if r.type == "person" then
      local others = {}
      for _, form in ipairs(r.forms) do
        if form ~= r.name then others[#others + 1] = form end
      end
      local linked = {}
      if r.by_role then linked[#linked + 1] = #r.by_role .. " by role" end
      if r.by_pronoun then linked[#linked + 1] = #r.by_pronoun .. " by pronoun" end
      return ("%s | %s | %s | %s | %d%s\n"):format(r.name, list(others), list(r.roles), r.country or "-", #r.mentions,
        #linked > 0 and " + " .. table.concat(linked, ", ") or "")
    elseif r.type == "identity" then
      local forms = {}
      for name, count in pairs(r.forms) do forms[#forms + 1] = name .. " " .. count end
      return ("= %s: %s%s\n"):format(r.name, table.concat(forms, ", "), r.maybe and " ? " .. list(r.maybe) or "")
    end
  end,
}
