"""Which features of a document mean what: formats, sides, selected values."""
