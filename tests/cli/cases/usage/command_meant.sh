lode setnences
