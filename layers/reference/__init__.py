"""Reference data that zones are cut from: oblasts, river, neighbours, towns, and the embedded control maps."""
