"""Two editions compared: how each piece of territory is treated on either side, with areas, towns and people."""
