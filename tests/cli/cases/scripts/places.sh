# Countries by capital and people, organisations by cue words, and governments by where they sit.
printf 'Moscow denied that the Kremlin had asked Kenya. The South Korean envoy was in Nairobi.\n\nThe Tassian Water Board and the Ministry of Rivers met at Lake Orla; Downing Street said nothing, and so did a man in Moscow.\n' >page.txt
lode run -q -f tsv --fields type,line,name,country,state "$SOURCE/scripts/places.lua" page.txt
