lode tokens --text "Mr. Lee didn't pay \$3.5m. U.S. officials said \"No.\" 東京"
