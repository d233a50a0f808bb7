# The script of --keep sees a page cleaned, so it is cleaned when its text is compared: HTML, other encodings, zones.
echo 'local lode = require "lode" lode.page(function(p) return #p.text end)' >long.lua
printf '<html><body><p>The two pumping stations at the lower lock will run again on Friday.</p></body></html>' >a.html
printf 'Der Pr\344sident sagte gestern in der Stra\337e, da\337 die Gespr\344che f\374r alle sch\366n w\344ren.\n' >b.txt
printf 'Der Pr\303\244sident sagte gestern in der Stra\303\237e, da\303\237 die Gespr\303\244che f\303\274r alle sch\303\266n w\303\244ren, und ging.\n' >c.txt
lode dedup --near --keep long.lua -f clusters a.html b.txt c.txt
lode dedup --near --keep long.lua --zone body -f clusters a.html b.txt c.txt
lode dedup --near --keep long.lua a.html b.txt c.txt
