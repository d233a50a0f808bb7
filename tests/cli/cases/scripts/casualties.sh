# How many were killed, hurt or are missing; a page of its own, since no sample tells of any.
cat > page.txt <<'END'
Wave hits the quay

The wave left 12 people dead and at least 30 wounded in the Tassian port of Ilmen on Tuesday, police said. Some 4,000 people are still unaccounted for. Two of the miners were killed; 15 others hurt.

The strike killed three and wounded at least seven, Interior Minister Dmitri Galaida told reporters. The number of dead in Velmora rose to more than 120, with another 300 injured. Between 20 and 30 sailors drowned. In Orla nobody was hurt.

Hundreds of villagers died in 1931, and three men killed an eel.
END
lode run -q -f tsv --fields line,fate,count,low,high,exactness,who,place,according_to "$SOURCE/scripts/casualties.lua" page.txt
lode run -q "$SOURCE/scripts/casualties.lua" page.txt | head -n 1 | sed "s|$SOURCE/||g"
