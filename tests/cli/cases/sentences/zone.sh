printf 'Home | World | Sport | Login\n\nThe mayor of Arden said on Monday that the old bridge would be closed for two years.\n' >p.txt
lode sentences --zone body p.txt
lode sentences --zone nav p.txt
