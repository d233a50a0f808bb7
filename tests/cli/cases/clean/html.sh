# HTML: the story is the body, what stands around it has its zones, and bytes are those of the source.
cat >page.html <<'END'
<!doctype html><html><head><title>Ferry talks</title><script>if (a<b) document.write("<p>no text")</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Ferry talks go&nbsp;on</h1>
<div class="article-body"><p>The two ports of Orla Bay will talk again on Monday, the mayor said on Friday evening.</p>
<p>&ldquo;There is <b>no</b> ferry without a quay,&rdquo; said Ines Varga, who runs the caf&eacute; on the western quay.
<p>Nobody has said how long the talks will last, and the ferries stay in port until they end.</div>
<div class="share-bar"><a href="#">Share</a></div></article><footer>&copy; Orla Courier</footer></body></html>
END
lode clean page.html
lode clean --zones all - <page.html | cut -c 1-60
