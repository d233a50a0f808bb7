lode words --top
