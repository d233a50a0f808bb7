printf 'Home | World | Sport | Login\n\nThe mayor of Arden said on Monday that the old bridge would be closed for two years.\n' >p.txt
lode clean --zones all p.txt
