# --help and help COMMAND say the same, for every command.
for command in run clean tokens sentences words segment; do
  lode help $command >a
  lode $command --help >b
  cmp a b && echo $command
done
