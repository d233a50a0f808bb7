printf 'Home | World | Sport | Login\n\nThe mayor of Arden said on Monday that the \033[31mold\033[0m bridge would be closed for two years.\n' >p.txt
lode clean --view p.txt
lode clean --view --color always p.txt
