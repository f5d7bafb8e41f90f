"""Files before they are parsed: kinds, limits, encodings, compression, companions, databases."""
