lode words --frobnicate x
