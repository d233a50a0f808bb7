--- @meta

--- Token patterns and rules.  Each word is there without a header too: w"said", rule { ... }; upper, lower and shape only so,
--- since lode.upper, lode.lower and lode.shape are functions of texts.  A string between patterns is a phrase.

--- What these words are made of: `local _ENV = require "lode".env`.
--- @type table
lode.env = nil

--- A token pattern.  p * q: one after the other.  p + q: p, else q.  p ^ n: n or more; p ^ -n: at most n; p ^ { a, b }.
--- p & q: one token that both fit.  -p: not here.  #p: here, taking nothing.  p - q: p unless q matches here.
--- @class lode.Pattern
--- @operator mul(lode.Pattern|string): lode.Pattern
--- @operator add(lode.Pattern|string): lode.Pattern
--- @operator sub(lode.Pattern|string): lode.Pattern
--- @operator pow(integer|integer[]): lode.Pattern
--- @operator band(lode.Pattern|string): lode.Pattern
--- @operator unm: lode.Pattern
--- @operator len: lode.Pattern
local Pattern = {}

--- One token whose folded form is among the words: w"said says", w{ "said", "says" }.
---     "He SAID no."  w "said says"            --> SAID
--- @param words string|string[]
--- @return lode.Pattern
function lode.w(words) end

--- The same, of the form as written: W"US".
---     "The US told us."  W "US"               --> US
--- @param words string|string[]
--- @return lode.Pattern
function lode.W(words) end

--- Every form of these verbs, given in their base form: verb"impose buy", verb{ "rule out", "buy" }.  Of a verb of several words
--- the first is inflected.
--- @param words string|string[]
--- @param language? string  "en"
--- @return lode.Pattern
function lode.verb(words, language) end

--- Singular and plural of these nouns: noun"sanction", noun{ "prime minister", "son-in-law" }.
--- @param words string|string[]
--- @param language? string  "en"
--- @return lode.Pattern
function lode.noun(words, language) end

--- Any token.
---     "The old dam."  w "old" * any           --> old dam
--- @type lode.Pattern
lode.any = nil

--- A token that begins with a capital letter.
---     "the old Orla dam"  cap                 --> Orla
--- @type lode.Pattern
lode.cap = nil

--- One quotation with its marks: straight, curly, single, guillemets; one that nothing closes ends with its paragraph.
--- What is inside is not looked into.  inside "quotation" asks whether a token is in one.
--- @type lode.Pattern
lode.quotation = nil

--- A number.
---     "It fell 3.5 m."  num * any             --> 3.5 m
--- @type lode.Pattern
lode.num = nil

--- A punctuation mark.
---     "Yes, he said."  any * punct            --> Yes,
--- @type lode.Pattern
lode.punct = nil

--- A token that an LPeg pattern matches from its first byte on: like(lpeg.P"anti").  Asked once of each distinct form.
---     "pre-war and anti-war"  like(lpeg.P "anti")   --> anti-war
--- @param pattern any
--- @return lode.Pattern
function lode.like(pattern) end

--- A token for which the function says true.  Asked once of each distinct form, so it must depend on nothing else.
---     "A no and a nope."  test(function(text) return #text == 4 end)   --> nope
--- @param fn fun(text: string, fold: string): boolean
--- @return lode.Pattern
function lode.test(fn) end

--- One annotation that a rule of a lower phase made, or a lexicon with a label.  Fields ask what its fields, captures or
--- attributes are: a string, a number, one of a list, true (it is there) or false (it is not); within, contains and overlaps
--- ask for an annotation of another label there: ann("person", { title = "President", within = "quote" }).
--- @param label string
--- @param fields? table<string, string|number|boolean|(string|number)[]>
--- @return lode.Pattern
function lode.ann(label, fields) end

--- A phrase from a list, longest first: lex{ "President", { "Chancellor", "Bundeskanzler", rank = 1 } }.  Of an item that is a
--- table the strings are phrases of one entry, and the rest its attributes: m:cap"x".attr.rank.
---
--- lex{ file = "cities.csv" } reads a .csv, .tsv or .jsonl (also .gz, .zst) or a plain list, beside the script.  column names the
--- phrase's column (the first one where it is absent; several as a list; a number in a file without a line of names; in .jsonl
--- it must be named, and may hold an array); the other columns are attributes, or those in attrs, or none with attrs = false.
--- Cells of .csv and .tsv are strings.
---
--- case = true compares as written; accents = false compares without accents; fuzzy = true finds too what is one letter away
--- (m:cap"x".fuzzy is true then), fuzzy = "maybe" gives these a label of their own and leaves them out of the pattern; label =
--- "city" lets ann"city" and p:anns"city" find what the lexicon finds.  A million names take a second and 20 MB.
--- @param options { [integer]: string|table, file?: string, column?: string|integer|(string|integer)[], attrs?: string|string[]|false, case?: boolean, accents?: boolean, fuzzy?: boolean|string, label?: string }
--- @return lode.Pattern
function lode.lex(options) end

--- p or nothing.
---     "the big dam"  w "the" * opt(w "old") * opt(w "big") * "dam"   --> the big dam
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.opt(p) end

--- p, p and p: joined by commas, "and", "or", "&".
---     "Lee, Marsh and Reed said"  list(cap)   --> Lee, Marsh and Reed
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.list(p) end

--- A repetition, or opt, that takes as little as will do.
---     "a b b c b"  "a" * lazy(any ^ 0) * "b"  --> a b
--- @param p lode.Pattern
--- @return lode.Pattern
function lode.lazy(p) end

--- p ends here; takes nothing.
---     "old dam, new dam"  behind(w "new") * "dam"   --> dam
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.behind(p) end

--- At most n tokens, as few as will do, none at which `stop` matches.
---     "Lee has at last said no"  "Lee" * gap(3) * "said"   --> Lee has at last said
--- @param n integer
--- @param stop? lode.Pattern|string
--- @return lode.Pattern
function lode.gap(n, stop) end

--- At most n tokens, as many as will do, none at which `stop` matches.
---     "the big old dam, again"  "the" * upto(5, punct)   --> the big old dam
--- @param n integer
--- @param stop? lode.Pattern|string
--- @return lode.Pattern
function lode.upto(n, stop) end

--- A capture: m.NAME, and a field of the record.  value says what m.NAME is in the place of its text: a function of the text
--- and of what m:cap gives; a table of values by folded text; or the value itself.
--- as("month", w"may june", { value = { may = 5, june = 6 } }); where a function or table gives nil the text stays.
---     "Lee said no."  as("who", cap) * "said" --> Lee said
--- @param name string
--- @param p lode.Pattern|string
--- @param options? { value: any }
--- @return lode.Pattern
function lode.as(name, p, options) end

--- A capture that may match many times: m.NAME is a list.
--- @param name string
--- @param p lode.Pattern|string
--- @param options? { value: any }
--- @return lode.Pattern
function lode.all(name, p, options) end

--- Two captures are there with the same words; takes nothing.
---     "Marsh and Marsh and Reed"  as("a", cap) * "and" * as("b", cap) * same("a", "b")   --> Marsh and Marsh
--- @param a string
--- @param b string
--- @return lode.Pattern
function lode.same(a, b) end

--- One token that p fits (any, where none is given) and whose folded form stands in that capture of an annotation of that
--- label anywhere on the page, made by a rule of a lower phase: known("person", "last", cap) finds surnames again.
--- @param label string
--- @param capture string
--- @param p? lode.Pattern|string
--- @return lode.Pattern
function lode.known(label, capture, p) end

--- A border is here: edge"sentence start", "sentence end", "paragraph start", "paragraph end", "page start", "page end";
--- takes nothing.
---     "The dam. The end."  edge "sentence start" * "The" * "end"   --> The end
--- @param name string
--- @return lode.Pattern
function lode.edge(name) end

--- The token here is inside an annotation of that label which a rule of a lower phase made; takes nothing.
--- @param label string
--- @return lode.Pattern
function lode.inside(label) end

--- No white space between the two tokens here; takes nothing: w"Jong" * glued * "-" * glued * w"un".
--- @type lode.Pattern
lode.glued = nil

--- A pattern as one line of text: P[[ nat? title name{1,3} ]], as in lode grep -e.  Names are those that the script can see
--- at that line, then the words of the rule language; "text" in quotes is a phrase, @person is ann"person", who:p a capture
--- as("who", p); p? p* p+ p{2} p{1,3} repeat, p | q chooses, !p and &p look ahead, p - q is p unless q.
---     "President Haddou said"  P[[ title name{1,3} "said" ]]   --> President Haddou said
--- @param text string
--- @return lode.Pattern
function lode.P(text) end

--- One rule: rule { "name", label = "deal", match = p }.  within is "sentence" (default), "paragraph" or "page"; phase 1
--- comes first; keep says whether a match counts, before overlaps are settled; fields, a table or a function, gives the
--- annotation fields besides its captures, for ann(label, { ... }), m.NAME and the record; emit gives fields for the record alone,
--- a list of such tables, or false for no record; examples are run by `lode test`.
--- @param options { [1]: string, label: string, match: lode.Pattern|string, within?: string, phase?: integer, priority?: integer, zone?: string|string[], keep?: (fun(p: lode.Page, m: lode.Match): boolean), fields?: table|(fun(p: lode.Page, m: lode.Match): table?), emit?: (fun(p: lode.Page, m: lode.Match): table|false), examples?: table[] }
function lode.rule(options) end

w, W, any, cap, num, punct, like, test, ann = lode.w, lode.W, lode.any, lode.cap, lode.num, lode.punct, lode.like, lode.test, lode.ann
lex, opt, list, lazy, behind, gap, upto, as, all = lode.lex, lode.opt, lode.list, lode.lazy, lode.behind, lode.gap, lode.upto, lode.as, lode.all
quotation = lode.quotation
verb, noun, cue, from_spacy = lode.verb, lode.noun, lode.cue, lode.from_spacy
same, known, edge, inside, glued, P, rule = lode.same, lode.known, lode.edge, lode.inside, lode.glued, lode.P, lode.rule

--- A token with a capital letter and no small one.
--- @type lode.Pattern
upper = nil

--- A token with a small letter and no capital one.
--- @type lode.Pattern
lower = nil

--- A token of that shape, as lode.shape writes it: shape"Xx".
--- @param s string
--- @return lode.Pattern
function shape(s) end

--- A pattern of spaCy's Matcher or EntityRuler as one of lode: a list of tokens, a list of such lists, or { label =, pattern = }.
--- from_spacy { { LOWER = { IN = { "buys", "bought" } } }, { IS_TITLE = true, OP = "+" } }.  ENT_TYPE asks whether the token lies in
--- an annotation, PERSON in "person"; options.labels names others.  POS, TAG, MORPH, LEMMA and DEP are refused: they need a model.
--- @param pattern table
--- @param options? { labels: table<string, string> }
--- @return lode.Pattern
function lode.from_spacy(pattern, options) end

--- A status with a scope: annotations of the label `on` that cue words cover get the field `status`, in records, in m.status and
--- for ann("meeting", { status = "denied" }); m.cue is the words that gave it.  cue { "denied", on = "meeting", words = { "denied",
--- "ruled out" }, pseudo = "not ruled out", rank = 5 }.
---
--- Words cover what they lie in, and what stands behind them ("forward"), before them ("backward") or either ("both", the
--- default) in their sentence, at most `max` tokens away, with no `stop` between.  `pseudo` phrases are no cue words.  A string is
--- one phrase, a table a list of phrases and patterns.  The highest rank wins (0 where none is given), then the nearest, then the
--- one declared first; where none covers it the status is "mentioned".
--- @param options { [1]: string, on: string|string[], words: string|lode.Pattern|(string|lode.Pattern)[], direction?: "forward"|"backward"|"both", max?: integer, stop?: string|lode.Pattern|(string|lode.Pattern)[], pseudo?: string|lode.Pattern|(string|lode.Pattern)[], rank?: integer }
function lode.cue(options) end

--- A match of a rule: m.NAME is a field that `fields` gave, or what a capture says, a string or its value (a list of them for
--- `all`), or nil.  What a lexicon with a label found is one too: m.NAME is an attribute, m.attr all of them.
--- @class lode.Match
--- @field text string
--- @field label string
--- @field rule string
--- @field span lode.Span
local Match = {}

--- Its first and last byte in p.text, both included; cheaper than m.span.
--- @return integer, integer
function Match:bounds() end

--- The annotation of a lower phase that a capture is, without the rest of `cap`: m:ann"speaker".role.
--- @param name string
--- @return lode.Match?
function Match:ann(name) end

--- A capture with all about it: { text, value, span, first, last, tokens, ann, attr, fuzzy }.  `ann` is the annotation that it is, or
--- the first that its pattern took; `attr` the attributes of the lexicon's entry that it took; `fuzzy` whether that was one
--- letter away.  For `all` a list of these.
--- @param name string
--- @return table?
function Match:cap(name) end
