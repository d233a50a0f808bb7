lode help --help
