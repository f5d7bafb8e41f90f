"""Languages: their folders, figures in words, and the checks that each has every text."""
