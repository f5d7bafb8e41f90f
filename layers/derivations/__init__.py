"""How the geometry of a zone follows from oblasts and control, and the parameters of each derivation."""
