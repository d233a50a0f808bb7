--- Names that are one person's, and names that are not, though no measure of letters parts them.
local case = require "case"
local variants = require "lode.news.variants"

local function same_surname(a, b) return variants.skeleton(a) == variants.skeleton(b) end

lode.page(function()
  for _, pair in ipairs { { "Gaddafi", "Kadhafi" }, { "Gaddafi", "Qaddafi" }, { "Zelensky", "Zelenskyy" }, { "Zelensky", "Zelenskiy" },
    { "Branković", "Brankovitsch" }, { "Yeltsin", "Eltsin" }, { "Medvedev", "Medwedew" }, { "Haddou", "Haddu" }, { "Lavrov", "Lavroff" },
    { "Tchaikovsky", "Chaikovsky" }, { "Yanukovych", "Yanukovich" }, { "Müller", "Mueller" } } do
    case.eq(pair[1] .. " is " .. pair[2], same_surname(pair[1], pair[2]), true)
  end
  for _, pair in ipairs { { "Putin", "Rutin" }, { "Marenko", "Marinko" }, { "Haddad", "Haddou" }, { "Brankovic", "Brankov" } } do
    case.eq(pair[1] .. " is not " .. pair[2], same_surname(pair[1], pair[2]), false)
  end

  for _, row in ipairs { { "Sergei", "Sergey", "same" }, { "Yuri", "Yury", "same" }, { "Mohammed", "Muhammad", "same" }, { "Bernie", "Bernard", "same" },
    { "Hank", "Henry", "same" }, { "J.", "John", "initial" }, { "B.", "Robert", "initial" }, { "Volodymyr", "Vladimir", "other" },
    { "Sergei", "Serge" }, { "Michel", "Michael" }, { "John", "Joan" }, { "K.", "John" } } do
    case.eq(row[1] .. ", " .. row[2], variants.same_given(row[1], row[2]), row[3])
  end

  local function merged(names)
    local items, out = {}, {}
    for i, name in ipairs(names) do items[i] = { name = name, count = #names - i + 1 } end
    for i, person in ipairs(variants.merge(items)) do
      local forms = {}
      for k, item in ipairs(person.items) do forms[k] = item.name end
      table.sort(forms)
      out[i] = table.concat(forms, " = ")
    end
    table.sort(out)
    return table.concat(out, "; ")
  end
  case.eq("a nickname beside the name", merged { 'Earl L. "Buddy" Marsh', "Buddy Marsh", "Earl Marsh", "Troy Marsh" },
    'Buddy Marsh = Earl L. "Buddy" Marsh = Earl Marsh; Troy Marsh')
  case.eq("middle names that clash", merged { "Ann B. Lee", "Ann C. Lee", "Ann Lee" }, "Ann B. Lee; Ann C. Lee; Ann Lee")
  case.eq("an initial that fits one", merged { "Torvil Zork", "T. Zork", "Ann Zork" }, "Ann Zork; T. Zork = Torvil Zork")
  case.eq("an initial that fits two", merged { "Torvil Zork", "Tom Zork", "T. Zork" }, "T. Zork; Tom Zork; Torvil Zork")
  case.eq("a bare surname", merged { "Torvil Zork", "Zork" }, "Torvil Zork; Zork")
  case.finish()
end)
