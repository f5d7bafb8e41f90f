"""Towns and villages: read, indexed for the search, and who holds them on a date."""
