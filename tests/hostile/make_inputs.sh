#!/bin/sh
# make_inputs.sh FOLDER [LINE_BYTES [PAGE_BYTES]]: the hostile inputs, one case a file, named for what is wrong with it.
#
# LINE_BYTES   length of the one line of long_line.txt and of long_line.jsonl's text (default 200000000; 1 GB by hand)
# PAGE_BYTES   length of the text of the page in the middle of page_too_large.jsonl (default 2000000)
# Needs a POSIX shell, gzip and lua5.4. Every file but those two is small; the same files come out every time.
set -eu

[ $# -ge 1 ] || { echo "usage: make_inputs.sh FOLDER [LINE_BYTES [PAGE_BYTES]]" >&2; exit 2; }
mkdir -p "$1"
cd "$1"

lua5.4 - "${2:-200000000}" "${3:-2000000}" <<'LUA'
local line_bytes, page_bytes = math.tointeger(arg[1]), math.tointeger(arg[2])

local function open(name)
  return assert(io.open(name, "wb"))
end

local function write(name, ...)
  local file = open(name)
  for i = 1, select("#", ...) do assert(file:write((select(i, ...)))) end
  assert(file:close())
end

-- `len` bytes of sentences without a line end.
local sentence = 'The harbour office said that "the ferry will leave at nine" unless the wind turns. '
local function write_sentences(file, len)
  local block = sentence:rep(1000)
  while len > 0 do
    local part = len < #block and block:sub(1, len) or block
    assert(file:write(part))
    len = len - #part
  end
end

local function page(id, text)
  return ('{"id":"%s","text":"%s"}\n'):format(id, text)
end

local good = "The mayor of Larkwick opened the new bridge on Tuesday.\n\n\"It took us nine years,\" said Ada Brook.\n"
local good_json = good:gsub('"', '\\"'):gsub("\n", "\\n")

-- Bytes that are no text.
write("invalid_utf8.txt", "A caf\xE9 in the old town, \xC3( cut, \xE2\x82 cut again, \xC0\xAF overlong,\n",
  "\xED\xA0\x80 a surrogate, \xF4\x90\x80\x80 too large, \xFF\xFE never, \x80\xBF alone.\n\n", good)
write("nul.txt", "Before\0after.\n\n\0\0\0\n\n", good)
write("only_nul.txt", ("\0"):rep(5000))
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
write("all_bytes.txt", table.concat(all):rep(20))
write("bom.txt", "\xEF\xBB\xBF", good)
write("crlf.txt", (good:gsub("\n", "\r\n")))
write("cr_only.txt", (good:gsub("\n", "\r")))
write("utf16.txt", "\xFF\xFE", (good:gsub(".", "%0\0"):gsub("\n", "\n\0")))
write("no_line_end.txt", good:sub(1, -2))
write("empty.txt")
write("only_line_ends.txt", ("\n"):rep(3000))
write("only_spam.txt", ("Купить дешёвые часы онлайн казино бонус без депозита\n"):rep(40),
  ("buy cheap pills online casino bonus click here free free free\n"):rep(40))
write("combining_marks.txt", "e", ("\u{301}"):rep(100000), "\n")
write("quotes_without_end.txt", ('"'):rep(50000), "\n", ("\u{201C}"):rep(50000), "\n")
write("deep_brackets.txt", ("("):rep(100000), "\n")

-- Names that are no names.
write("with space.txt", good)
write("line\nend.txt", good)
write("latin1-\xE9.txt", good)
write("-n.txt", good)

-- JSON lines.
write("empty.jsonl")
write("only_line_ends.jsonl", ("\n"):rep(3000))
write("crlf.jsonl", (page("crlf-1", good_json):gsub("\n", "\r\n")), (page("crlf-2", good_json):gsub("\n", "\r\n")))
write("bom.jsonl", "\xEF\xBB\xBF", page("bom-1", good_json), page("bom-2", good_json))
write("no_line_end.jsonl", (page("end-1", good_json):sub(1, -2)))
write("lone_surrogates.jsonl",
  page("surrogate-1", "high \\ud83d alone, low \\ude00 alone, turned \\ude00\\ud83d.\\n" .. good_json),
  page("surrogate-\\ud800", good_json), page("surrogate-3", "\\ud83d\\ude00 is a pair"))
write("nul.jsonl", page("nul-1", "before\\u0000after.\\n" .. good_json), page("nul-\\u0000-2", good_json),
  '{"id":"nul-3","text":"a raw\0NUL"}\n', page("nul-4", good_json))
write("invalid_utf8.jsonl", page("invalid-1", "A caf\xE9, \xC3( and \xED\xA0\x80.\\n" .. good_json),
  page("invalid-\xFF", good_json))
write("bad_lines.jsonl", page("good-1", good_json),
  '{"id":"bad-cut","text":"it ends in the mid\n', '{"id":"bad-comma","text":"x",}\n', "not JSON at all\n", "[1,2,3]\n",
  '"a string"\n', "{}\n", '{"id":"bad-no-text"}\n', '{"id":"bad-number","text":17}\n',
  '{"id":"bad-null","text":null}\n',
  '{"id":{"a":1},"text":"x"}\n', '{"id":"bad-trailing","text":"x"} x\n', "\x00\x01\x02\n", "{'id':'bad-quotes'}\n",
  '{"id":"bad-control","text":"a\tb"}\n',
  page("good-2", good_json), "\n", "   \n", page("good-3", good_json))
write("same_id.jsonl", page("twice", good_json), page("twice", good_json), '{"text":"a page without an id"}\n')
write("deep.jsonl", page("deep-before", good_json),
  '{"id":"deep","text":', ("["):rep(100000), ("]"):rep(100000), "}\n",
  '{"id":"deep-object","text":"x","meta":', ('{"a":'):rep(100000), "1", ("}"):rep(100000), "}\n",
  ("["):rep(100000), "\n", page("deep-after", good_json))

-- zstd by hand: raw blocks in one frame without a checksum, and a frame that asks for a window of 1 GiB.
local function zstd(text)
  local out = { "\x28\xB5\x2F\xFD\x00\x58" }
  for at = 1, #text, 100 do
    local part = text:sub(at, at + 99)
    out[#out + 1] = string.pack("<I3", #part << 3 | (at + 100 > #text and 1 or 0)) .. part
  end
  return table.concat(out)
end
local many = {}
for i = 1, 400 do many[i] = ("Line %d of %d: %s\n"):format(i, 400, sentence) end
local text = table.concat(many)
local whole = zstd(text)
write("whole.txt.zst", whole)
write("half.txt.zst", whole:sub(1, #whole // 2))
write("garbage_behind.txt.zst", whole, "garbage")
write("large_window.txt.zst", "\x28\xB5\x2F\xFD\x00\xA0\x01\x00\x00")
write("half.jsonl.zst", (zstd(page("zst-1", good_json):rep(200)):sub(1, 20000)))

-- What gzip packs below.
write("whole.txt", text)
write("whole.jsonl", (page("gz-1", good_json):rep(400):gsub("gz%-1", (function()
  local n = 0
  return function() n = n + 1; return "gz-" .. n end
end)())))

-- The large ones.
local file = open("long_line.txt")
write_sentences(file, line_bytes)
assert(file:close())
file = open("long_line.jsonl")
assert(file:write(page("short-1", good_json), '{"id":"long","text":"'))
for _ = 1, line_bytes // 1000 do assert(file:write((sentence:gsub('"', ""):rep(13):sub(1, 1000)))) end
assert(file:write('"}\n', page("short-2", good_json)))
assert(file:close())
file = open("page_too_large.jsonl")
assert(file:write(page("small-1", good_json), '{"id":"too-large","text":"'))
for _ = 1, page_bytes // 1000 do assert(file:write((sentence:gsub('"', ""):rep(13):sub(1, 1000)))) end
assert(file:write('"}\n', page("small-2", good_json)))
assert(file:close())
LUA

# cut BYTES FILE: its first bytes.
cut_to() {
  head -c "$1" "$2"
}

gzip -nc whole.txt > whole.txt.gz
gzip -nc whole.jsonl > whole.jsonl.gz
size=$(wc -c < whole.txt.gz)
cut_to $((size / 2)) whole.txt.gz > half.txt.gz
cut_to 5 whole.txt.gz > cut_in_header.txt.gz
cut_to $((size - 4)) whole.txt.gz > cut_in_checksum.txt.gz
size=$(wc -c < whole.jsonl.gz)
cut_to $((size / 2)) whole.jsonl.gz > half.jsonl.gz
{ cat whole.txt.gz; printf garbage; } > garbage_behind.txt.gz
{ cat whole.txt.gz whole.txt.gz whole.txt.gz; } > three_members.txt.gz
{ cut_to 200 whole.txt.gz; printf 'damage damage damage'; tail -c +221 whole.txt.gz; } > damaged.txt.gz
: | gzip -nc > empty.txt.gz
# Packed a thousand times smaller than it is: 300 MB of spaces.
head -c 300000000 /dev/zero | tr '\0' ' ' | gzip -nc > bomb.txt.gz
rm -f whole.txt whole.jsonl

# A folder with what is no page in it: only inside.txt is to be found (and, as another user than root, the folder
# that cannot be read is to be named). Nobody writes to the FIFO: named on a command line it is waited for.
[ ! -d folder/unreadable ] || chmod 755 folder/unreadable
rm -rf folder
mkdir -p folder/unreadable folder/.hidden
printf 'A page in a folder.\n' > folder/inside.txt
printf 'Hidden.\n' > folder/.hidden/page.txt
printf 'Hidden.\n' > folder/.page.txt
printf 'Not to be read.\n' > folder/unreadable/page.txt
chmod 000 folder/unreadable
ln -s ../folder folder/loop
ln -s nowhere folder/dangling
mkfifo folder/fifo
