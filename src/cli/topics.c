#include "topics.h"
#include <stddef.h>

const lode_topic lode_topics[] = {
    {"inputs",
     "Files, folders, patterns, or - for standard input. A folder stands for the files below it, sorted by name,\n"
     "hidden ones left out. .gz and .zst are known by their first bytes and opened. The kind of an input is taken\n"
     "from its name and first bytes; --input text, jsonl, ... says it.\n"
     "  text   the whole file is one page; its id is the path\n"
     "  jsonl  each line is a page: {\"text\": ..., \"id\": ..., \"title\": ...}; every other field is metadata;\n"
     "         without an id it is PATH#N for line N\n"},
    {"records",
     "One JSON object a line: type, page, and for what was found in text: text, start, end (bytes of the raw page,\n"
     "half open), line, then the script's own fields by name, then rule. \"repaired\": true says that text is not\n"
     "exactly the raw bytes (entities, repair, markup). Every run gives the same bytes, whatever -j.\n"},
    {"formats",
     "-f jsonl (default), json, csv, tsv, markdown, or the path of a .lua file that returns head, row and foot.\n"
     "--fields a,b,c chooses the columns of csv, tsv and markdown; lists join with \"; \". A cell that a spreadsheet\n"
     "would take for a formula is defused.\n"},
    {"zones",
     "Every paragraph of a page has one: body, headline, byline, dateline, caption, credit, nav, share, related,\n"
     "footer, spam. Nothing is deleted: a zone is a label. Scripts look at the body unless --zone says otherwise;\n"
     "--zone all is everything. lode clean --view PAGE shows them.\n"},
    {"sizes", "4096, 64K, 600M, 1.5G, 2T: powers of 1024. Seconds may have a fraction: 0.5.\n"},
    {"exit",
     "0  all well\n"
     "1  nothing found\n"
     "2  wrong usage, or a script that does not load\n"
     "3  finished, but pages or matches were skipped: each is named on standard error and in --errors FILE\n"
     "4  input or output failed; there is nothing under the final name\n"
     "4 goes before 2, 3, 1. --max-errors N or P% lets so many skipped pages pass as 0. A closed standard output\n"
     "ends the run quietly with 0.\n"},
    {NULL, NULL},
};
