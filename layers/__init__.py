"""From proposals and sources to zones, areas and the catalogue that the service reads."""
