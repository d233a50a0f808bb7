# An output that lies among the pages is not read: not itself, its parts or the list of errors, nor standard output.
mkdir pages && echo "Page one." >pages/1.txt && echo "Page two." >pages/2.txt
echo 'lode.page(function(p) p:emit { type = "seen" } end)' >s.lua
for i in 1 2; do
  lode run -q s.lua pages -o pages/out.jsonl --errors pages/errors.jsonl; echo $?
  cat pages/out.jsonl
done
echo left >pages/out.jsonl.part && echo left >pages/errors.jsonl.part
lode run -q s.lua pages -o pages/out.jsonl --errors pages/errors.jsonl && cat pages/out.jsonl
ln -s out.jsonl pages/link && lode run -q s.lua 'pag*' -o pages/link && cat pages/out.jsonl
rm pages/* && echo "Page one." >pages/1.txt
lode run -q s.lua pages >pages/out.jsonl && cat pages/out.jsonl
# Nothing else is left to read.
rm pages/1.txt && lode run -q s.lua pages -o pages/out.jsonl; echo $?
