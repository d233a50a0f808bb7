lode help zoens
