"""Labels of the map: what is labelled, where a label can stand, and where it is placed."""
