lode words --memory lots x
