lode words --tpo 3 x
