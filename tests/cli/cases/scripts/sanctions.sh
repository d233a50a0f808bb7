# Who imposes, lifts and plans sanctions, on whom and why; a page of its own, since no sample tells of any.
cat > page.txt <<'END'
Sanctions over the dam

The European Union has imposed new sanctions on five Tassian officials and the Harbour Bank in response to the closing of the dam, it said on Monday. Sanctions against Tassia, Velmora and Orla were extended until June. Tassia's government on Tuesday slapped sanctions on Velmora's oil exports.

The Orlan Treasury sanctioned 12 companies for shipping timber. Velmora and Tassia are considering easing sanctions on the mill owners. The sanctions on wool were lifted on Friday because the mills had closed, and nobody spoke of sanctions again.
END
lode run -q -f tsv --fields line,imposers,action,targets,why,status,cue "$SOURCE/scripts/sanctions.lua" page.txt
lode run -q --limit 1 "$SOURCE/scripts/sanctions.lua" page.txt | head -n 1 | sed "s|$SOURCE/||g"
