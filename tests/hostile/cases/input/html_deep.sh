# Elements in one another, 100,000 deep, of kinds that the standard treats in different ways; nothing is closed in the last.
deep() { for n in $(seq 1000); do printf '%s' "$1"; done >one; for n in $(seq 100); do cat one; done; }
text='<p>The old bridge is closed for two years, the mayor of Arden said on Monday.'
i=0
for tags in '<div>' '<ul><li>' '<table><tr><td>' '<b><i><a href=x>' '<svg><g>' '<math><mi>' '<button>' '<select><option>' '<dl><dd><blockquote>'; do
  i=$((i + 1))
  { deep "$tags"; echo "$text"; } >"$i.html"
done
{ deep '<div>'; echo "$text"; deep '</div>'; } >10.html
bounded 700 lode clean -q --zones all ./*.html | sed 's/"zones".*//'
