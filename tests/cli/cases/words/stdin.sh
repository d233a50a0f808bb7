printf 'one two two\n' | lode words -
