"""What other sites show of a page: cards, embed code, data sets."""
