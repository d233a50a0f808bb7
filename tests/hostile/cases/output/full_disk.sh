# A disk that fills up: 4, and nothing under the final name.
i=0
while [ $i -lt 3000 ]; do echo "{\"id\":\"$i\",\"text\":\"Page $i has some words in it, and then some more of them.\"}"; i=$((i + 1)); done >p.jsonl
mkdir disk
if mount -t tmpfs -o size=256k tmpfs disk 2>/dev/null; then
  lode tokens -o disk/out.jsonl p.jsonl 2>err
  echo "exit $?"
  ls disk | grep -v '[.]journal$\|[.]part$'
  umount disk
else
  # Without the right to mount: a limit on the size of files fails the same way.
  (trap '' XFSZ; ulimit -f 512; exec lode tokens -o disk/out.jsonl p.jsonl) 2>err
  echo "exit $?"
  ls disk | grep -v '[.]journal$\|[.]part$'
fi
sed 's/No space left on device/FULL/; s/File too large/FULL/' err | grep -c FULL
