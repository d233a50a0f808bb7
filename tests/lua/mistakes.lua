--- Patterns with mistakes in them: in a module, since a pattern of the script that no rule reaches is an error.
local M = {}

function M.twice() return w "a" ^ { 2 } end
function M.float() return w "a" ^ 2.0 end
function M.bound() return w "a" ^ 20000 end
function M.number() return w "a" * #"not" end
function M.boolean() return w "a" * (not "b") end
function M.lists() return w "a" * { "b" } end
function M.strings() return "," * "x" end
function M.items() return w "two-thirds" end
function M.none() return w "" end
function M.peg() return w "a" * lpeg.P "b" end
function M.gap() return gap "6 tokens" end
function M.reserved() return as("text", w "a") end
function M.lazy() return lazy(w "a") end
function M.concat() return w "a" .. "b" end
function M.key() rule { "x", lable = "x", match = w "a" } end
function M.label() rule { "x", match = w "a" } end
function M.match() rule { "x", label = "x" } end
function M.within() rule { "x", label = "x", match = w "a", within = "sentense" } end
function M.captured() rule { "x", label = "x", match = as("a", w "a") * as("a", w "b") } end

return M
