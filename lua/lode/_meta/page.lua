--- @meta

--- A page, as a stage gets it.  Nothing of it can be used after the stage has returned.
--- @class lode.Page
--- @field id string            path as given, `id` field, path#member or address
--- @field text string          the content: valid UTF-8
--- @field raw string           the bytes as they were read
--- @field meta table<string, any>  title, source, date, updated, author, lang, url and what came with the page; JSON null and "" are absent
--- @field tokens lode.Tokens   all tokens: #p.tokens, p.tokens[i], p:tokens{...}
--- @field repaired boolean     whether anything had to be repaired
local Page = {}

--- The range of p.text from `first` to `last`, both inclusive as in string.sub; negative counts from the end.
--- @param first integer
--- @param last? integer  default: the end
--- @return lode.Span
function Page:span(first, last) end

--- Every match of an LPeg pattern or a Lua pattern: an iterator of its span and its captures.  Positions that the pattern
--- captures are positions in p.text.  Matches begin in a paragraph of the wanted zones and do not run into others.
--- @param pattern any            LPeg pattern or Lua pattern
--- @param options? { zone?: string|string[] }
--- @return fun(): lode.Span?, ...
function Page:find(pattern, options) end

--- The sentences of the wanted zones (default: body).
--- @param options? { zone?: string|string[] }
--- @return fun(): lode.Span?
function Page:sentences(options) end

--- The paragraphs of the wanted zones (default: body).
--- @param options? { zone?: string|string[] }
--- @return fun(): lode.Span?
function Page:paragraphs(options) end

--- Write a record.  `type` is required; `span` (or the first item) fills text, start, end, line; nil is absent, lode.null is null.
--- @param record table
function Page:emit(record) end

--- Options of tokens{...}: kind ("word", "number", "punct", "symbol", "url", "email", "mention", "hashtag", "emoji", or a list),
--- zone, stop = false (no stop words), sentence (a sentence or its number).
--- @class lode.Tokens
--- @operator call(table?): fun(): lode.Span?
--- @operator len: integer

--- A range of the content; tokens, sentences and paragraphs are spans too.  `..` and tostring give the text, `#` its bytes,
--- `==` compares the range, `<` the place.
--- @class lode.Span
--- @field text string
--- @field first integer          position in p.text, 1-based
--- @field last integer           of the last byte, inclusive
--- @field fold string            the folded text
--- @field kind string            of a token: word, number, ...; else span, sentence, paragraph
--- @field sentence? lode.Span    the one that holds its first byte
--- @field paragraph? lode.Span
--- @field line integer           in the raw page
--- @field zone? string
--- @field tokens lode.Tokens     the tokens inside: #s.tokens, s.tokens[i], s:tokens{...}
--- @field raw_start integer      raw bytes, as `start` in records: 0-based
--- @field raw_end integer        as `end` in records: not included
--- @field repaired boolean       whether text and raw bytes differ
--- @field index? integer         number of the token, sentence or paragraph in the page
--- @field shape string           Putin -> Xxxxx, 2,022 -> d,ddd
--- @field glued? boolean         tokens: no white space before it
--- @field abbrev? boolean        tokens: ends with a stop of its own
local Span = {}

--- The range `first` to `last` of its text.
--- @param first integer
--- @param last? integer
--- @return lode.Span
function Span:sub(first, last) end

--- Every match inside its text; captured positions are positions in s.text (s:sub takes them).
--- @param pattern any
--- @return fun(): lode.Span?, ...
function Span:find(pattern) end

--- Up to n tokens before it in its paragraph, as one span.
--- @param n? integer  default 1
--- @return lode.Span?
function Span:before(n) end

--- Up to n tokens after it in its paragraph, as one span.
--- @param n? integer  default 1
--- @return lode.Span?
function Span:after(n) end

--- @param other lode.Span
--- @return boolean
function Span:contains(other) end

--- @param other lode.Span
--- @return boolean
function Span:overlaps(other) end

--- From the start of the earlier to the end of the later.
--- @param other lode.Span
--- @return lode.Span
function Span:join(other) end

--- The next token, sentence or paragraph of the page.
--- @return lode.Span?
function Span:next() end

--- The one before.
--- @return lode.Span?
function Span:prev() end

--- The sentences that lie inside.
--- @param options? { zone?: string|string[] }
--- @return fun(): lode.Span?
function Span:sentences(options) end
