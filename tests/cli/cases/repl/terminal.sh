# A line on a terminal.
on_terminal lode repl <<END
wait > 
send lode.strip_accents "Zürich"\r
wait "Zurich"
send :quit\r
END
