"""Parsers of file formats: each turns bytes into a document of features."""
