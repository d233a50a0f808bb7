# A page of HTML that is one line of 60 MB.
{ printf '<html><body><article>'; yes '<p>The ferry leaves at nine, the harbour office said, unless the wind turns.</p><div class="x"><a href="/q">more</a></div>' | head -c 60000000 | tr -d '\n'; } >p.html
bounded 1500 lode clean -q --page-timeout 300 p.html | tail -c 40
echo
bounded 1500 lode clean -q --page-timeout 300 p.html | head -c 120
