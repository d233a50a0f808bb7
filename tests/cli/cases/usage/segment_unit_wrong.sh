lode segment --unit line x.txt
