# The line ends of hard-wrapped text are shown as such, and what does not fit is wrapped once more.
printf 'The army was sent to the village on Monday after the river had\nrisen by two metres within an hour, and forty people were brought\nto the school on the hill, where they are to stay until Friday at\nleast, the mayor of Karsk said in the evening.\r\n' >page.txt
lode clean -q --view page.txt
lode clean -q --view --width 50 page.txt
