"""Images for the service: drawn once by a small pool of processes, then kept on disk."""

from webapp.rendering.service import drawn_bytes

__all__ = ["drawn_bytes"]
