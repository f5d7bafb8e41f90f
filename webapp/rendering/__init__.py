"""Slow products are made by a small pool of processes, once, and cached on disk: images and charts for the service."""

from webapp.rendering.service import charted_bytes, charts_in_turn, drawn_bytes, in_line, made_bytes

__all__ = ["charted_bytes", "charts_in_turn", "drawn_bytes", "in_line", "made_bytes"]
