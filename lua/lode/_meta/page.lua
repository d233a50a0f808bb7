--- @meta

--- A page, as a stage gets it.  Nothing of it can be used after the stage has returned.
--- @class lode.Page
local Page = {}

--- Its name: the path as given, the `id` field of its JSON line, path#member or address.
--- @type string
Page.id = nil

--- The content: valid UTF-8.
--- @type string
Page.text = nil

--- The bytes as they were read; records count in them.  Of a JSON line: the decoded `text` value.
--- @type string
Page.raw = nil

--- title, source, date, updated, author, lang, url, as far as the page tells, and every other field that came with it
--- (p.meta.section for a JSON line with "section").  JSON null and "" are absent; what is absent is nil.
--- pairs(p.meta) visits all of them.
--- @type table<string, any>
Page.meta = nil

--- All tokens, in every zone: #p.tokens, p.tokens[i].  Called, p:tokens{...}, an iterator over those of the wanted zones.
--- @type lode.Tokens
Page.tokens = nil

--- With --dedup: the id of the earlier page that this one is a copy of (the first of its cluster so far); nil where it is none.
--- @type string?
Page.duplicate_of = nil

--- With --dedup: the id of the first page of its cluster so far, its own where it is no copy; nil without --dedup.
--- @type string?
Page.cluster = nil

--- Whether anything had to be repaired.
--- @type boolean
Page.repaired = nil

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

--- The annotations of a label that the rules made, in the order of the page; of those before, after or within a span or match.
--- @param label string
--- With fields = { "first", "last" } each step gives span, text and these captures in place of a match, several times as fast.
--- @param options? { before?: lode.Span|lode.Match, after?: lode.Span|lode.Match, within?: lode.Span|lode.Match, fields?: string[] }
--- @return fun(): lode.Match|lode.Span|nil, ...
function Page:anns(label, options) end

--- Write a record.  `type` is required; `span` (or the first item) fills text, start, end, line; nil is absent, lode.null is null.
--- @param record table
function Page:emit(record) end

--- A list of tokens, which is called with options to step through it: `for t in p:tokens { kind = "word" } do`.
--- The options: kind ("word", "number", "punct", "symbol", "url", "email", "mention", "hashtag", "emoji", or a list),
--- zone, stop = false (no stop words), sentence (a sentence or its number).
--- @class lode.Tokens
--- @operator call(table?): fun(): lode.Span?
--- @operator len: integer

--- A range of the content; tokens, sentences and paragraphs are spans too.  `..` and tostring give the text, `#` its bytes,
--- `==` compares the range, `<` the place.
--- @class lode.Span
local Span = {}

--- @type string
Span.text = nil

--- Position of its first byte in p.text, from 1.
--- @type integer
Span.first = nil

--- Position of its last byte in p.text, inclusive.
--- @type integer
Span.last = nil

--- The folded text: without case, in NFC.
--- @type string
Span.fold = nil

--- Of a token: "word", "number", "punct", "symbol", "url", "email", "mention", "hashtag" or "emoji";
--- else "sentence", "paragraph" or "span".
--- @type string
Span.kind = nil

--- The sentence that holds its first byte.
--- @type lode.Span?
Span.sentence = nil

--- The paragraph that holds its first byte.
--- @type lode.Span?
Span.paragraph = nil

--- Its line in the raw page, from 1.
--- @type integer
Span.line = nil

--- The zone of its paragraph: "body", "headline", "byline", "dateline", "caption", "credit", "nav", "share", "related",
--- "footer", "spam", "comment", "form" or "notice".
--- @type string?
Span.zone = nil

--- What its paragraph is in an HTML page: "paragraph", "heading", "item", "cell", "caption", "quotation" or "pre".  Always
--- "paragraph" in plain text.
--- @type string?
Span.form = nil

--- The tokens inside: #s.tokens, s.tokens[i], s:tokens{...}.
--- @type lode.Tokens
Span.tokens = nil

--- Raw bytes, as `start` in records: from 0.
--- @type integer
Span.raw_start = nil

--- Raw bytes, as `end` in records: not included.
--- @type integer
Span.raw_end = nil

--- Whether text and raw bytes differ.
--- @type boolean
Span.repaired = nil

--- Number of the token, sentence or paragraph in the page; nil for a plain span.
--- @type integer?
Span.index = nil

--- Putin -> Xxxxx, 2,022 -> d,ddd
--- @type string
Span.shape = nil

--- Of a token: no white space before it.
--- @type boolean?
Span.glued = nil

--- Of a token: it ends with a stop of its own.
--- @type boolean?
Span.abbrev = nil

--- Where it stands in the raw bytes, as records say it: s.raw_start and s.raw_end.
--- @return integer raw_start
--- @return integer raw_end
function Span:raw() end

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
