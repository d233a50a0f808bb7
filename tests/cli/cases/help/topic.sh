lode help exit
