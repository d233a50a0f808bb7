# Marks that pair badly: unclosed, empty, lone, nested, turned the wrong way.
cat >page.txt <<'END'
Nora Lind said: "This one is never closed, she was sure of it.

Nora Lind said "" and then " and then nothing at all about the bridge over the river.

The ‘90s were loud, said the workers' leader, Nora Lind, and the bands' buses were late.

“Straight closing the curly one," Nora Lind said. "And the other way round,” she added.

“He said “no” and left the bridge to the goats,” Nora Lind told the council on Monday.

Nora Lind called the bridge ‘a plank with ambitions’ and the toll 'a joke with a price'.

The board is 6'2" long and 3" thick, the report on the bridge over the river says.
END
lode run -q -f tsv "$SOURCE/scripts/quotes.lua" page.txt
