"""Making the project's own sources again from the packages that contain them (a development tool)."""

from layers.reference.making.make import make_inputs

__all__ = ["make_inputs"]
