"""Dates that a file states: spellings, columns, spans, and choosing one."""
