# Nothing that is read is written over, by whatever option.
echo 'one story' >a.txt
echo 'another story' >b.txt
lode dedup -o d.txt --dropped b.txt a.txt b.txt
lode dedup -o d.txt --index ./b.txt a.txt b.txt
lode dedup --signatures b.txt a.txt b.txt
lode dedup -o d.txt --dropped d.txt a.txt b.txt
lode dedup -o d.txt --errors e.txt --dropped ../$(basename "$PWD")/e.txt a.txt b.txt
cat a.txt b.txt
ls
# Of a folder, what is written is left out, and that is said.
mkdir pages
mv a.txt b.txt pages
echo 'of an earlier run' >pages/kept.txt
lode dedup -o pages/kept.txt pages
cat pages/kept.txt
