"""The zones of an edition in the file formats of other programs: one module each."""
