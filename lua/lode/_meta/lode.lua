--- @meta

--- The library; `require "lode"` gives it too.
--- @class lode
lode = {}

--- What --arg NAME=VALUE gave: a string; nil where it was not given.
--- @type table<string, string>
lode.args = nil

--- @type string
lode.version = nil

--- JSON null: `emit { place = lode.null }` writes "place":null, where nil leaves the field out.
--- @type userdata
lode.null = nil

--- For each page, in parallel.
--- @param stage fun(p: lode.Page)
function lode.page(stage) end

--- For each key, over all its records in input order.  `reduce` gives a record, a list of records, or nil.
--- @param options { name: string, label?: string, key: (fun(record: table): string|number|nil), reduce: (fun(key: string, records: table[], run: lode.Run): table?) }
function lode.group(options) end

--- Once, after the last page and the last group.
--- @param stage fun(run: lode.Run)
function lode.done(stage) end

--- Say why, for `lode why`: the reason stands at the span in its report.  At all other times this does nothing, and a reason
--- that costs something to make can be a function, which is then not called.
--- @param span lode.Span
--- @param reason string|fun(): string
function lode.why(span, reason) end

--- The columns of csv, tsv and markdown.
--- @param names string[]
function lode.columns(names) end

--- The output format where no -f says one: lode.format "text".
--- @param name string
function lode.format(name) end

--- Write records of these types only (--label overrides).
--- @param types string[]
function lode.output(types) end

--- A counter over all pages; made at load only.
--- @param name? string
--- @return lode.Counter
function lode.counter(name) end

--- Teach lode a site: paragraphs that fit get the zone, a new one where no zone has that name. `source` is a host
--- (`orla.example`, its subdomains with it), what the metadata call the source, or a folder of the page's path; without
--- it every page is meant. `line` is the whole paragraph, `starts`, `ends`, `contains` a part of it; `from` only looks at
--- paragraphs of these zones. A function gets each paragraph and gives the name of a zone, or nil to leave it. What comes
--- later in the script goes over what came before; rules and stages see the result.
---
---     lode.zone { zone = "promo", source = "orla.example", starts = { "Sign up", "Follow us" } }
---     lode.zone(function(par) if par.zone == "body" and #par.text < 12 then return "nav" end end)
--- @param rule { zone: string, source?: string|string[], line?: string|string[], starts?: string|string[], ends?: string|string[], contains?: string|string[], from?: string|string[] }|fun(par: lode.Span): string?
function lode.zone(rule) end

--- What is known of a source: metadata for pages that lack them, and how its stories begin and end: the body is what
--- stands behind the first paragraph that starts with one of `after` and before the next that starts with one of `before`.
---
---     lode.settings { source = "orla.example", meta = { source = "Orla Gazette", lang = "en" }, before = "More from" }
--- @param settings { source: string|string[], meta?: table<string, string>, after?: string|string[], before?: string|string[] }
function lode.settings(settings) end

--- Words that the tokenizer shall know besides its own: what may end with a stop that ends no sentence, by section
--- (title inner number month unit final place), and starter prefix suffix measure ordinal surname date contraction. A string is the
--- text of a file with [section] lines. They go before those of --abbreviations.
--- @param words { [string]: string|string[] }|string
function lode.abbreviations(words) end

--- Add words to the stop list.
--- @param words string[]
function lode.stopwords(words) end

---     lode.is_stopword "The"             --> true
--- @param word string
--- @return boolean
function lode.is_stopword(word) end

--- The bytes of a file below the script's folder (decompressed); at load only.
--- @param path string
--- @return string
function lode.read(path) end

--- The rows of a .csv, .tsv or .jsonl (also .gz, .zst) beside the script: by the value of the column `key`, or without it as a
--- list.  A row is a table of its cells by column; empty cells are absent; cells of .csv and .tsv are strings.  At load only.
--- local sources = lode.table { "sources.csv", key = "domain" }; sources["orla.example"].country
--- @param options { [1]: string, file?: string, key?: string }
--- @return table<string, table>|table[]
function lode.table(options) end

--- Mark a table as a JSON array, also where it is empty.
--- @param t? table
--- @return table
function lode.array(t) end

--- Mark a table as a JSON object, also where it is empty.
--- @param t? table
--- @return table
function lode.object(t) end

--- Case folding (NFC); options switch more on or case off: compat (NFKC), accents, punct, space, dash.
---     lode.fold "Ärger IN Köln"          --> ärger in köln
---     lode.fold("Zoë", { accents = true })   --> zoe
--- @param text string|lode.Span
--- @param options? { case?: boolean, compat?: boolean, accents?: boolean, punct?: boolean, space?: boolean, dash?: boolean }
--- @return string
function lode.fold(text, options) end

--- @param text string|lode.Span
--- @param form? "NFC"|"NFD"|"NFKC"|"NFKD"
--- @return string
function lode.normalize(text, form) end

--- Edits between two texts, in code points.
---     lode.distance("kitten", "sitting") --> 3
--- @param a string|lode.Span
--- @param b string|lode.Span
--- @param kind? "levenshtein"|"damerau"
--- @return integer
function lode.distance(a, b, kind) end

--- Jaro-Winkler, 0 to 1.
--- @param a string|lode.Span
--- @param b string|lode.Span
--- @return number
function lode.similarity(a, b) end

--- @param text string|lode.Span
--- @return string
function lode.lower(text) end

--- @param text string|lode.Span
--- @return string
function lode.upper(text) end

---     lode.title "the old dam"           --> The Old Dam
--- @param text string|lode.Span
--- @return string
function lode.title(text) end

--- Without white space (Unicode) at the ends.
--- @param text string|lode.Span
--- @return string
function lode.trim(text) end

--- Each run of white space as one space, none at the ends.
---     lode.squeeze "  the   old\tdam "   --> the old dam
--- @param text string|lode.Span
--- @return string
function lode.squeeze(text) end

---     lode.strip_accents "Zürich"        --> Zurich
--- @param text string|lode.Span
--- @return string
function lode.strip_accents(text) end

--- The parts between a plain separator; without one the words between white space.
---     lode.split("a, b", ", ")           --> ["a","b"]
--- @param text string|lode.Span
--- @param separator? string
--- @return string[]
function lode.split(text, separator) end

--- @param text string|lode.Span
--- @return string[]
function lode.lines(text) end

--- Plain text for plain text; the second result is how often.
---     lode.replace("a.b", ".", "-")      --> a-b
--- @param text string|lode.Span
--- @param from string
--- @param to string
--- @return string, integer
function lode.replace(text, from, to) end

--- @param text string|lode.Span
--- @param part string
--- @return boolean
function lode.starts(text, part) end

--- @param text string|lode.Span
--- @param part string
--- @return boolean
function lode.ends(text, part) end

--- The characters (grapheme clusters) of a text.
--- @param text string|lode.Span
--- @return string[]
function lode.chars(text) end

--- How many characters.
---     lode.len "Zoë"                     --> 3
--- @param text string|lode.Span
--- @return integer
function lode.len(text) end

--- Characters first to last, counted as string.sub counts bytes.
---     lode.sub("Zoë", -1)                --> ë
--- @param text string|lode.Span
--- @param first integer
--- @param last? integer
--- @return string
function lode.sub(text, first, last) end

--- One character.
--- @param text string|lode.Span
--- @param i integer
--- @return string?
function lode.at(text, i) end

--- Columns in a terminal.
--- @param text string|lode.Span
--- @return integer
function lode.width(text) end

--- The script of most letters: "Latin", "Cyrillic", "Han", ...
---     lode.script "Киев"                 --> Cyrillic
--- @param text string|lode.Span
--- @return string?
function lode.script(text) end

--- Putin -> Xxxxx, U.S. -> X.X., 2,022 -> d,ddd
---     lode.shape "U.S."                  --> X.X.
--- @param text string|lode.Span
--- @return string
function lode.shape(text) end

--- 128 bits of the bytes, as 32 hex digits; the same on every machine.
--- @param text string|lode.Span
--- @return string
function lode.hash(text) end

--- The sentences of a string, as strings: #list, list[i], ipairs(list), and `for s in lode.sentences(text) do`.
--- (p:sentences() of a page gives spans, as an iterator.)
---     lode.sentences "Mr. Lee left. He is gone."   --> ["Mr. Lee left.","He is gone."]
--- @param text string|lode.Span
--- @return string[]
function lode.sentences(text) end

--- The tokens of a string, as tables: #list, list[i], ipairs(list), and `for t in lode.tokens(text) do`.
--- (p:tokens() of a page gives spans, as an iterator.)
--- @param text string|lode.Span
--- @return { text: string, fold: string, kind: string, first: integer, last: integer, sentence: integer }[]
function lode.tokens(text) end

--- @class lode.json
lode.json = {}

--- Members sorted by name; a table is an array when it is empty or its keys are 1..n, else an object.
--- @param value any
--- @return string
function lode.json.encode(value) end

--- nil and the reason where the text is no JSON; null becomes lode.null.
--- @param text string
--- @return any, string?
function lode.json.decode(text) end

--- Filled in lode.page, read in lode.done.  `#c` is the number of keys.
--- @class lode.Counter
local Counter = {}

--- @type string
Counter.name = nil

--- The sum of all counts; in lode.done.
--- @type integer
Counter.total = nil

--- Add 1 (or n, or { n =, once_per = "cluster" }: with --dedup, a copy of an earlier page adds nothing) for a key; tokens, as p:tokens{...} gives them or as a list like sentence.tokens, count once each by
--- their folded form, without a Lua value for any of them.
--- @param key string|number|lode.Span|lode.Tokens|function
--- @param n? integer|{ n?: integer, once_per?: "cluster" }  default 1
function Counter:add(key, n) end

--- @param key string
--- @return integer  0 where it was never counted
function Counter:get(key) end

--- The n largest, largest first, equal ones by key.
--- @param n? integer  default 10
--- @return fun(): string?, integer?
function Counter:top(n) end

--- All keys in byte order.
--- @return fun(): string?, integer?
function Counter:pairs() end

--- What lode.done gets: run.pages, run:emit{...}.
--- @class lode.Run
local Run = {}

--- Pages that were read.
--- @type integer
Run.pages = nil

--- @type integer
Run.pages_out = nil

--- @type integer
Run.pages_skipped = nil

--- @type integer
Run.records = nil

--- Write a record that belongs to no page.
--- @param record table
function Run:emit(record) end
