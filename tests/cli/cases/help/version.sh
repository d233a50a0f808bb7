lode --version && lode -V
