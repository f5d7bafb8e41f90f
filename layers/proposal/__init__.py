"""A proposal as data: its model, its loading and its checks."""
