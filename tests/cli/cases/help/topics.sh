# Every topic is there, is short, and its lines fit.
for topic in $(lode help | tail -n 1); do lode help $topic >text || echo "$topic: nothing"; awk -v t=$topic 'length($0) > 110 { print t ": long" } END { if (NR > 20) print t ": " NR " lines" }' text; done
lode help kinds
# The script of the topic works.
lode help scripts | sed -n 's/^    //p' >s.lua
echo "Hart said no. Miller said yes. Hart said so." >p.txt
lode run -q s.lua p.txt
