"""Texts of pages and images in one language."""
