# What a message repeats cannot steer the terminal.
lode words "$(printf 'no\033[31m\302\233such')"
