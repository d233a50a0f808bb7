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
--- @param words string|string[]
--- @return lode.Pattern
function lode.w(words) end

--- The same, of the form as written: W"US".
--- @param words string|string[]
--- @return lode.Pattern
function lode.W(words) end

--- Any token.
--- @type lode.Pattern
lode.any = nil

--- A token that begins with a capital letter.
--- @type lode.Pattern
lode.cap = nil

--- A number.
--- @type lode.Pattern
lode.num = nil

--- A punctuation mark.
--- @type lode.Pattern
lode.punct = nil

--- A token that an LPeg pattern matches from its first byte on: like(lpeg.P"anti").  Asked once of each distinct form.
--- @param pattern any
--- @return lode.Pattern
function lode.like(pattern) end

--- A token for which the function says true.  Asked once of each distinct form, so it must depend on nothing else.
--- @param fn fun(text: string, fold: string): boolean
--- @return lode.Pattern
function lode.test(fn) end

--- One annotation that a rule of a lower phase made.  Fields ask what its captures are, a string or one of a list; within,
--- contains and overlaps ask for an annotation of another label there: ann("person", { title = "President", within = "quote" }).
--- @param label string
--- @param fields? table<string, string|string[]>
--- @return lode.Pattern
function lode.ann(label, fields) end

--- p or nothing.
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.opt(p) end

--- p, p and p: joined by commas, "and", "or", "&".
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.list(p) end

--- A repetition, or opt, that takes as little as will do.
--- @param p lode.Pattern
--- @return lode.Pattern
function lode.lazy(p) end

--- p ends here; takes nothing.
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.behind(p) end

--- At most n tokens, as few as will do, none at which `stop` matches.
--- @param n integer
--- @param stop? lode.Pattern|string
--- @return lode.Pattern
function lode.gap(n, stop) end

--- At most n tokens, as many as will do, none at which `stop` matches.
--- @param n integer
--- @param stop? lode.Pattern|string
--- @return lode.Pattern
function lode.upto(n, stop) end

--- A capture: m.NAME, and a field of the record.
--- @param name string
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.as(name, p) end

--- A capture that may match many times: m.NAME is a list.
--- @param name string
--- @param p lode.Pattern|string
--- @return lode.Pattern
function lode.all(name, p) end

--- Two captures are there with the same words; takes nothing.
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
--- @param text string
--- @return lode.Pattern
function lode.P(text) end

--- One rule: rule { "name", label = "deal", match = p }.  within is "sentence" (default), "paragraph" or "page"; phase 1
--- comes first; keep says whether a match counts, before overlaps are settled; emit gives fields for the record, a list of
--- such tables, or false for no record; examples are run by `lode test`.
--- @param options { [1]: string, label: string, match: lode.Pattern|string, within?: string, phase?: integer, priority?: integer, zone?: string|string[], keep?: (fun(p: lode.Page, m: lode.Match): boolean), emit?: (fun(p: lode.Page, m: lode.Match): table|false), examples?: table[] }
function lode.rule(options) end

w, W, any, cap, num, punct, like, test, ann = lode.w, lode.W, lode.any, lode.cap, lode.num, lode.punct, lode.like, lode.test, lode.ann
opt, list, lazy, behind, gap, upto, as, all = lode.opt, lode.list, lode.lazy, lode.behind, lode.gap, lode.upto, lode.as, lode.all
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

--- A match of a rule: m.NAME is what a capture says, a string (a list of them for `all`), or nil.
--- @class lode.Match
--- @field text string
--- @field label string
--- @field rule string
--- @field span lode.Span
local Match = {}

--- A capture with all about it: { text, span, first, last, tokens, ann }; `ann` is the annotation it is, if it is one.
--- For `all` a list of these.
--- @param name string
--- @return table?
function Match:cap(name) end
