"""The forms of an image: SVG, PNG, PDF and the fact sheet."""
