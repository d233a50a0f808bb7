--- The five rules and a lexicon of a million names.
require "five"
lode.output { "person", "speech", "meeting", "date", "according", "known" }
rule { "known", label = "known", match = as("name", lex { file = "names.txt" }) }
