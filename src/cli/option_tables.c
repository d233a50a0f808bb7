#include "options.h"

#define FIELD(name) offsetof(lode_settings, name)
#define END                                                                                                            \
  { NULL, NULL, 0, LODE_OPTION_FLAG, false, NULL, 0, 0, 0, NULL }
#define FLAG(name, letter, decides, field, help)                                                                       \
  { name, NULL, letter, LODE_OPTION_FLAG, decides, NULL, FIELD(field), 0, 0, help }
#define TEXT(name, letter, decides, value, field, help)                                                                \
  { name, NULL, letter, LODE_OPTION_TEXT, decides, value, FIELD(field), 0, 0, help }
#define CHOICE(name, decides, values, field, help)                                                                     \
  { name, NULL, 0, LODE_OPTION_CHOICE, decides, values, FIELD(field), 0, 0, help }
#define COUNT(name, letter, decides, value, field, least, most, help)                                                  \
  { name, NULL, letter, LODE_OPTION_COUNT, decides, value, FIELD(field), least, most, help }
#define SIZE(name, decides, field, least, most, help)                                                                  \
  { name, NULL, 0, LODE_OPTION_SIZE, decides, "SIZE", FIELD(field), least, most, help }

enum {
  MOST_JOBS = 1024,
  LEAST_MEMORY = 1 << 24,
  LEAST_WIDTH = 40,
  /* Positions inside a page fit 32 bits (span.h). */
  MOST_PAGE = 0x7FFFFFFF,
};

const lode_option lode_options_help[] = {
    FLAG("help", 'h', false, help, "show what the command does and its options"),
    END,
};

const lode_option lode_options_pages[] = {
    TEXT("format", 'f', true, "FORMAT", format,
         "how records are written: jsonl (default), json, csv, tsv, markdown, text, dot, graphml, or a .lua file"),
    TEXT("fields", 0, true, "NAME,...", fields,
         "columns of csv, tsv and markdown, in this order; meta.title is the title in meta"),
    TEXT("output", 'o', false, "FILE", output,
         "write here instead of standard output; the name appears when the file is whole"),
    FLAG("resume", 0, false, resume, "go on where an interrupted run with the same -o FILE stopped"),
    FLAG("restart", 0, false, restart, "begin anew although an interrupted run could be resumed"),
    TEXT("errors", 0, false, "FILE", errors, "list skipped pages and failed matches here, a JSON object a line"),
    CHOICE("input", true, "auto|text|html|jsonl|csv|wet|warc", input,
           "what the input is, where name and first bytes mislead"),
    COUNT("limit", 0, true, "N", limit, 0, 0, "only the first N pages"),
    COUNT("sample", 0, true, "N", sample, 0, 0, "N pages drawn at random; the same ones for the same --seed"),
    COUNT("seed", 0, true, "S", seed, 0, 0, "seed of --sample (default 0)"),
    SIZE("max-page", true, max_page, 1, MOST_PAGE,
         "skip pages above this size (default 64M; none for segment and words)"),
    COUNT("jobs", 'j', false, "N", jobs, 1, MOST_JOBS, "worker processes (default: one a core)"),
    SIZE("memory", false, memory, LEAST_MEMORY, 0, "memory of the whole run (default: half of the machine)"),
    SIZE("page-memory", true, page_memory, 1 << 20, 0, "memory of a script on one page (default 128M)"),
    {"page-timeout", NULL, 0, LODE_OPTION_SECONDS, false, "SECONDS", FIELD(page_timeout), 0, 0,
     "stop a page after this time, plus 1 s for each 10 MB (default 10)"},
    {"max-errors", NULL, 0, LODE_OPTION_SHARE, false, "N|P%", FIELD(max_errors), 0, 0,
     "so many skipped pages still give exit status 0 (default 0)"},
    COUNT("give-up", 0, false, "N", give_up, 0, 0, "end the run at N skipped pages"),
    FLAG("quiet", 'q', false, quiet, "no progress and no summary"),
    END,
};

const lode_option lode_options_run[] = {
    CHOICE("dedup", true, "exact|near", dedup,
           "compare each page's body with those before it: p.duplicate_of and p.cluster say what was found"),
    {"arg", NULL, 0, LODE_OPTION_LIST, true, "NAME=VALUE", FIELD(args), 0, 0,
     "lode.args.NAME in the script; may be given again"},
    TEXT("label", 0, true, "TYPE,...", labels, "only records of these types"),
    {"zone", "zones", 0, LODE_OPTION_TEXT, true, "ZONE,...", FIELD(zones), 0, 0,
     "zones that the script looks at (default body; \"all\")"},
    TEXT("furniture", 0, true, "FILE", furniture,
         "lines that recur on many pages of a source are no body; FILE lists them, learnt from INPUT where it is not "
         "there"),
    FLAG("trust", 0, true, trust, "give the script io, os and debug: it can then do whatever you can"),
    END,
};

const lode_option lode_options_expression[] = {
    TEXT("expression", 'e', true, "PATTERN", expression,
         "a pattern on one line, in place of a script: lode help patterns"),
    TEXT("script", 0, true, "SCRIPT", with, "the pattern may use this script's names and the annotations of its rules"),
    END,
};

const lode_option lode_options_look[] = {
    COUNT("width", 0, true, "N", width, LEAST_WIDTH, 0, "columns (default: those of the terminal, else 100)"),
    CHOICE("color", true, "auto|always|never", color, "colours (default auto: on a terminal, unless NO_COLOR is set)"),
    END,
};

const lode_option lode_options_grep[] = {
    FLAG("count", 'c', true, counts, "only how many matches each page has"),
    FLAG("pages-with-matches", 'l', true, only_pages, "only the names of pages with a match"),
    FLAG("only-matching", 'o', true, only_matches, "only the matches, a line each"),
    COUNT("context", 'C', true, "N", around, 0, 1000, "N sentences before and after each match"),
    END,
};

const lode_option lode_options_review[] = {
    COUNT("context", 0, true, "N", context, 1, 100000,
          "`left` and `right`: N characters of the paragraph on each side"),
    FLAG("sentence", 0, true, sentence, "`sentence`: the whole sentence that the record stands in"),
    TEXT("with", 0, true, "NAME,...", with_meta, "metadata of the page in each record: title,date,url"),
    FLAG("spans", 0, true, spans, "`spans`: where each capture of the rule stands"),
    CHOICE("offsets", true, "bytes|chars", offsets, "start and end count characters of the raw page (default: bytes)"),
    FLAG("id", 0, true, id, "`id`: a hash of page, place and type, the same in every run"),
    END,
};

const lode_option lode_options_score[] = {
    TEXT("gold", 0, true, "FILE", gold, "CSV with a column verdict (needed)"),
    END,
};

const lode_option lode_options_view[] = {
    FLAG("html", 0, true, html, "write HTML for a browser; a pointer on a record shows its fields"),
    END,
};

const lode_option lode_options_map[] = {
    COUNT("shard", 0, true, "N", shard, 0, 999999, "the number of this part of the input, in input order (default 0)"),
    END,
};

const lode_option lode_options_why[] = {
    TEXT("rule", 0, true, "NAME", rule, "only this rule"),
    TEXT("want", 0, true, "FIELD=VALUE", want, "why is there no record with this? Without a line: where VALUE stands"),
    TEXT("text", 0, true, "TEXT", text, "the sentences with this text; without a PAGE the text is the page"),
    END,
};

const lode_option lode_options_near[] = {
    TEXT("rule", 0, true, "NAME", rule, "only this rule"),
    COUNT("top", 0, true, "N", top, 1, 0, "only the N parts that would add most (default 10)"),
    END,
};

const lode_option lode_options_clean[] = {
    {"zone", "zones", 0, LODE_OPTION_TEXT, true, "ZONE,...", FIELD(zones), 0, 0,
     "zones whose paragraphs make `text` (default body; \"all\")"},
    TEXT("furniture", 0, true, "FILE", furniture,
         "lines that recur on many pages of a source are no body; FILE lists them, learnt from INPUT where it is not "
         "there"),
    FLAG("repair-only", 0, true, repair_only, "only decode and repair: `text` is the whole page"),
    FLAG("view", 0, true, view, "show the pages with their zones in the margin, for reading"),
    COUNT("width", 0, true, "N", width, LEAST_WIDTH, 0, "columns of --view (default: those of the terminal, else 100)"),
    CHOICE("color", true, "auto|always|never", color, "colours of --view (default auto: on a terminal)"),
    END,
};

const lode_option lode_options_zone[] = {
    {"zone", "zones", 0, LODE_OPTION_TEXT, true, "ZONE,...", FIELD(zones), 0, 0,
     "only paragraphs of these zones (default all)"},
    END,
};

const lode_option lode_options_lists[] = {
    TEXT("abbreviations", 0, true, "FILE", abbreviations,
         "words that the tokenizer shall know too, under lines like [title] and [unit]"),
    END,
};

const lode_option lode_options_tokens[] = {
    TEXT("text", 0, true, "TEXT", text, "show how this text is cut, as a table; no inputs then"),
    END,
};

const lode_option lode_options_words[] = {
    COUNT("top", 0, true, "N", top, 1, 0, "only the N most frequent words"),
    {"zone", "zones", 0, LODE_OPTION_TEXT, true, "ZONE,...", FIELD(zones), 0, 0,
     "only paragraphs of these zones (default all)"},
    END,
};

const lode_option lode_options_segment[] = {
    CHOICE("unit", true, "word|sentence|grapheme", unit, "what to cut into (needed)"),
    CHOICE("standard", true, "lode|uax29", standard, "uax29: exactly the Unicode boundaries, all of the text covered"),
    CHOICE("cpu", false, "portable|neon|avx2|avx512", cpu,
           "boundaries by this kernel (default: the best that the processor has); for tests, the output is the same"),
    END,
};

const lode_option lode_options_dedup[] = {
    FLAG("near", 0, true, near, "copies that were changed too: by word shingles, each pair proven"),
    CHOICE("by", true, "page|paragraph|sentence|line", by, "what is compared and dropped (default page)"),
    {"zone", "zones", 0, LODE_OPTION_TEXT, true, "ZONE,...", FIELD(zones), 0, 0,
     "compare only paragraphs of these zones (default all; of HTML body and headline)"},
    TEXT("furniture", 0, true, "FILE", furniture,
         "with --zone: lines that recur on many pages of a source are no body; FILE lists them, learnt from INPUT "
         "where it "
         "is not there"),
    FLAG("fold", 0, true, fold, "exact copies but for case, white space, punctuation and compatibility forms"),
    TEXT("threshold", 0, true, "T", threshold,
         "near: Jaccard of three-word shingles from which two are copies (default 0.3)"),
    TEXT("containment", 0, true, "C", containment,
         "near: share of the shorter in the longer from which they are copies (default 0.75; 2: never)"),
    TEXT("keep", 0, true, "first|longest|date|FILE.lua", keep,
         "which copy of a cluster is kept (default first); the others read the input twice. date: the earliest, as the "
         "page came with it or tells it; "
         "FILE.lua: the one for which its page stage returns the highest number"),
    TEXT("index", 0, true, "FILE", index, "compare with the units of this index too, and add the new ones to it"),
    {"against", NULL, 0, LODE_OPTION_LIST, true, "FILE", FIELD(against), 0, 0,
     "compare with the units of this index, and leave it as it is; may be given again"},
    TEXT("dropped", 0, false, "FILE", dropped, "list dropped units here: id, duplicate_of, similarity, containment"),
    TEXT("signatures", 0, true, "FILE", signatures,
         "decide nothing: write the signatures of the input here, for --merge"),
    FLAG("merge", 0, true, merge,
         "the inputs are files of --signatures, in order: clusters as of all their pages at once"),
    FLAG("explain", 0, true, explain, "show how two pages are alike: lode dedup --explain ID ID INPUT..."),
    CHOICE("color", true, "auto|always|never", color, "colours of --explain (default auto: on a terminal)"),
    END,
};
