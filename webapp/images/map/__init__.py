"""The map of an image: extent, coverage, edges, graticule, hatching, locator."""
