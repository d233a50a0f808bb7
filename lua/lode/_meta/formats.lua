--- @meta

--- Output formats: -f NAME is lua/lode/out/NAME.lua, a name that ends in .lua a file of yours that returns such a table.

--- Comma-separated values as RFC 4180 has them.  Columns: --fields a,b,c, else lode.columns, else the fields of the first
--- record; what other records have beyond them is left out, and said at the end.  Lists join with "; ", objects stay JSON,
--- null and absent fields are empty.  A cell that a spreadsheet would take for a formula gets a ' in front.
--- @class csv: lode.Format
local csv = {}

--- Tab-separated values, one record a line; tab, line ends and backslash are written \t \n \r \\.  Columns as of csv.
--- @class tsv: lode.Format
local tsv = {}

--- A Markdown table.  Columns as of csv.
--- @class markdown: lode.Format
local markdown = {}

--- JSON lines (the default): one record a line, as it was emitted.
--- @class jsonl: lode.Format
local jsonl = {}

--- One JSON array of all records.
--- @class json: lode.Format
local json = {}

--- @class lode.Format
--- @field raw? boolean   records pass as they are, no function is called
--- @field text? boolean  row gets the record as its JSON text
local Format = {}

--- Text before the first record, or nil.  run.columns are known; run.chosen says that --fields or lode.columns named them.
--- @param run table
--- @return string?
function Format.head(run) end

--- Text of one record, or nil.
--- @param record table|string
--- @param run table
--- @return string?
function Format.row(record, run) end

--- Text at the end, or nil; run.pages, run.pages_out, run.pages_skipped, run.records.
--- @param run table
--- @return string?
function Format.foot(run) end
