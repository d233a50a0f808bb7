# What is never closed, bytes that are no text, and marks that pages are made of, alone or by the hundred thousand.
text='<p>The old bridge is closed for two years, the mayor of Arden said on Monday.'
printf '%s<!-- %s' "$text" "$text" >comment.html
printf '%s<script>%s' "$text" "$text" >script.html
printf '%s<a href="%s' "$text" "$text" >quote.html
printf '%s<p title=%s' "$text" "$text" | tr -d '>' >tag.html
printf 'NUL \0 in <b\0>text</b>, \377 and \303( %s&#0;&#xFFFFFFFFFF;&;&#;&#x;&amp' "$text" >bytes.html
: >empty.html
printf '\357\273\277<html>' >nothing.html
for i in $(seq 50000); do printf '</p></br></div><'; done >closing.html
for i in $(seq 50000); do printf '&x%s;' "$i"; done >entities.html
bounded 700 lode clean -q ./*.html | sed 's/"zones".*"meta"/"meta"/' | cut -c 1-300
