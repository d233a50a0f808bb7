# On a terminal: wrapped to its width, in colours.
printf 'Home | World | Sport | Login\n\nThe mayor of Arden said on Monday that the \033[31mold\033[0m bridge would be closed for two years.\n' >p.txt
script -qec 'stty cols 60; TERM=xterm lode clean -q --view p.txt' /dev/null | tr -d '\r'
