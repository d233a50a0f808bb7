lode words '*.nothing'
