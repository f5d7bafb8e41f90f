"""Prebuilt responses: cached, compressed, conditional, in byte ranges."""
