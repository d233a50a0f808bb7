# A JSON line with "html" is a page of HTML.
printf '%s\n' '{"id":"a","source":"x","html":"<title>Quay</title><p>One sentence with a caf&eacute; in it, and more words.</p>"}' '{"html":3}' | lode clean -
echo $?
