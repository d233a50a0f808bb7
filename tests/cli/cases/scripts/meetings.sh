# Every meeting of the samples, with its status: what a careful reader would say.
cd "$SOURCE"
lode run -q -f tsv --fields page,line,participants,kind,status,place,date,topic,condition,according_to scripts/meetings.lua samples/pages
