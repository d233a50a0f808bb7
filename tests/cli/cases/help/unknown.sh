lode help frobnicate
