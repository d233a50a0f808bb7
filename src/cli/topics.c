#include "topics.h"
#include <stddef.h>

const lode_topic lode_topics[] = {
    {"inputs",
     "Files, folders, patterns, or - for standard input. A folder stands for the files below it, sorted by name,\n"
     "hidden ones left out. .gz and .zst are known by their first bytes and opened. The kind of an input is taken\n"
     "from its name, or from its first bytes where the name does not tell; what is named .txt and begins with\n"
     "<!doctype html or <html is HTML. --input text|html|jsonl|csv|wet|warc says it.\n"
     "  text, html   the whole file is one page; its id is the path\n"
     "  jsonl  each line is a page: {\"text\": ..., \"id\": ..., \"title\": ...}; every other field is metadata;\n"
     "         without an id it is PATH#N for line N; \"html\" in place of \"text\" is a page of HTML\n"
     "  csv    the first row names the columns; \"text\" is the page, \"id\" its id, the others are metadata.\n"
     "         Quoted fields may hold separators (comma, semicolon, tab, bar) and line ends; a quote inside one is\n"
     "         written twice. A row that breaks this costs itself alone\n"
     "  wet, warc   each text, and each answer of HTTP that is text or HTML, is a page; its id is its address,\n"
     "         its metadata url, fetched and content_type; offsets count in the body of the answer, unpacked.\n"
     "         A broken record or a damaged .gz member costs itself alone\n"
     "The files of -o and --errors, with FILE.part and FILE.journal beside them, are left out of a folder; to name\n"
     "one of them as an input is an error.\n"},
    {"records",
     "One JSON object a line: type, page, and for what was found in text: text, start, end (bytes of the raw page,\n"
     "half open), line, then the script's own fields by name, then rule. \"repaired\": true says that text is not\n"
     "exactly the raw bytes (entities, repair, markup). Every run gives the same bytes, whatever -j.\n"},
    {"formats",
     "-f jsonl (default), json, csv, tsv, markdown, text (the field text alone), dot, graphml, or the path of a\n"
     ".lua file that returns head, row and foot. A script may name its own with lode.format\"text\".\n"
     "--fields a,b,c chooses the columns of csv, tsv and markdown; a.b is the field b of the object a (meta.title);\n"
     "lists join with \"; \". A cell that a spreadsheet would take for a formula is defused.\n"},
    {"zones",
     "Every paragraph of a page has one: body, headline, byline, dateline, caption, credit, nav, share, related,\n"
     "footer, spam, comment, form, notice (cookies, newsletters, advertisements). Nothing is deleted: a zone is a\n"
     "label. Scripts look at the body unless --zone says otherwise; --zone all is everything.\n"
     "lode clean --view PAGE shows them. In a script lode.zone{ zone =, source =, starts = ... } names paragraphs of\n"
     "a site anew, in zones of your own too, and lode.settings{ source =, before = ... } says where its stories "
     "end.\n"},
    {"kinds",
     "Every token has a kind: word, number, punct, symbol, url, email, mention, hashtag, emoji. In a script:\n"
     "    for t in p:tokens { kind = \"word\", stop = false } do ... end\n"
     "stop = false leaves out the words that every text has. lode tokens --text TEXT shows how a text is cut.\n"},
    {"spans",
     "Tokens, sentences, paragraphs and what p:find and p:span give are spans of the page. Their fields:\n"
     "  text first last        the text, and its place in p.text as string.sub counts\n"
     "  raw_start raw_end      its bytes in the raw page, as records give them\n"
     "  line zone sentence paragraph index tokens repaired\n"
     "  fold kind shape glued abbrev   fold is the form that is compared: case folded, NFC\n"
     "Methods: sub find before after contains overlaps join next prev sentences tokens. A span is gone with its\n"
     "page: keep s.text.\n"},
    {"scripts",
     "A script is a Lua file that lode run loads once and runs over every page. `lode` and `lpeg` are there.\n"
     "    local seen = lode.counter()\n"
     "    lode.page(function(p)                      -- each page, in parallel\n"
     "      for s, name in p:find \"(%u%l+) said\" do\n"
     "        seen:add(name)\n"
     "        p:emit { type = \"said\", span = s, name = name }\n"
     "      end\n"
     "    end)\n"
     "    lode.done(function(run)                    -- once, at the end\n"
     "      for name, n in seen:top(10) do run:emit { type = \"top\", name = name, count = n } end\n"
     "    end)\n"
     "lode.group works on all records of a key; --arg n=5 is lode.args.n, a string. See lode help FUNCTION, as in\n"
     "lode help emit, and the topics spans, kinds, records, sandbox.\n"},
    {"rules",
     "A rule matches a pattern of tokens, and its match becomes a record. A script may consist of rules:\n"
     "    local name = cap - w \"The On Monday\"\n"
     "    rule { \"sale\", label = \"deal\",\n"
     "      match = as(\"buyer\", name ^ 1) * gap(3) * w \"bought buys\" * as(\"target\", name ^ 1),\n"
     "      examples = { { \"On Monday Acme Dams bought Quarry Hill.\", buyer = \"Acme Dams\" } } }\n"
     "p * q is p and then q, p + q a choice, p ^ n n or more, p ^ { a, b } a to b, p - q p unless q, -p not here, #p\n"
     "look ahead; a string is a phrase. lode help w, gap, as, ann, rule say more, as for every word; lode test runs\n"
     "the examples.\n"},
    {"patterns",
     "A pattern on one line, for lode grep -e, lode run -e, and P[[ ... ]] in a script:\n"
     "  \"ruled out\"  'said'     the words themselves, compared by folded form\n"
     "  name title any cap num   a name: of the script, of the rule language; name and title are there for the shell\n"
     "  w\"said says\"  gap(3)    a function of the rule language: lode help w, gap, upto, ann, list, ...\n"
     "  @person                  an annotation that a rule of the script makes\n"
     "  speaker:@person          a capture: a field of the record\n"
     "  p q   p | q   (p)        one after the other, a choice, a group\n"
     "  p? p* p+ p{2} p{1,3}     optional, any number, one or more, two, one to three; `?` behind: as few as will do\n"
     "  !p   &p   p - q          not here, look ahead, p unless q\n"
     "    lode grep -e 'title name{1,2} gap(3) w\"said told\"' pages/\n"
     "    lode run -e 'who:name{1,3} \"said\"' -f csv pages/\n"},
    {"sandbox",
     "Scripts have Lua's base functions, string, table, math, utf8, coroutine, lpeg, and of os time(t),\n"
     "date(format, t) and difftime, in UTC. There are no files, no programs and no clock: lode.read(path) reads\n"
     "below the script's folder. pairs goes in sorted order, globals are frozen once the script is loaded, print\n"
     "goes to standard error. A page is stopped after --page-timeout and beyond --page-memory. --trust adds io,\n"
     "os, debug and package.\n"},
    {"sizes", "4096, 64K, 600M, 1.5G, 2T: powers of 1024. Seconds may have a fraction: 0.5.\n"},
    {"exit",
     "0  all well\n"
     "1  nothing found (grep, kwic, why, near), a difference (diff), a good record less\n"
     "   (score), a warning (lint), an example that fails (test)\n"
     "2  wrong usage, or a script that does not load\n"
     "3  finished, but pages or matches were skipped: each is named on standard error and in --errors FILE\n"
     "4  input or output failed: a file that is not there or cannot be read, a pattern without a match, folders\n"
     "   without files, a full disk. A run that could not be finished leaves nothing under the name of -o; one that\n"
     "   only could not read some of its files does, and names them\n"
     "4 goes before 2, 3, 1. --max-errors N or P% lets so many skipped pages pass as 0. A closed standard output\n"
     "ends the run quietly with 0.\n"},
    {NULL, NULL},
};
