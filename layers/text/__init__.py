"""Languages: their folders, figures in words, and checks that each language has every text."""
