"""The kinds of zones: one row each, which everything else asks."""
