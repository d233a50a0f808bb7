--- One rule more, with a lexicon of a million names; stands behind the five.
rule { "known", label = "known", match = as("name", lex { file = "names.txt" }) }
