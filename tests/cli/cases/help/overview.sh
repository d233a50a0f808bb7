lode help
