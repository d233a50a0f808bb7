lode frobnicate
