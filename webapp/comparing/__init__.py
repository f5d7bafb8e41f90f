"""Comparisons of two editions: which sides can be compared, made on request, once for all who ask."""
