printf 'Mr. Lee spoke at 5 p.m. on Monday. "No," he said.\n\nThe U.S. waited.\n' >p.txt
lode sentences p.txt
