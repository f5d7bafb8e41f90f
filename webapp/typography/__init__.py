"""Fonts, glyphs, line breaking and text as paths, for images and charts."""
