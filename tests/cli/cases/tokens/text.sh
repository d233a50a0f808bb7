lode tokens --text "Mr. Lee didn't pay \$3.50. U.S. officials said \"No.\" 東京"
