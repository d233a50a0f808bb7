lode tokens --text "$(printf 'a\033[31mb \377 \342\200\256x')"
