cp "$SOURCE/samples/pages/only-spam.txt" .
lode clean only-spam.txt | grep -o '"text":"[^"]*"'
