"""GDAL through pyogrio: its errors, its layers with polygons, and how its own messages are suppressed."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

POLYGONAL = ("Polygon", "Unknown", "Collection", "Surface")


def failures() -> tuple[type[Exception], ...]:
    """What reading a damaged file raises."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
    from shapely.errors import GEOSException

    return DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, GEOSException, ValueError


def is_polygonal(kind: str | None) -> bool:
    """Whether a layer of a kind of geometry may hold polygons."""
    return kind is not None and any(word in kind for word in POLYGONAL)


@contextmanager
def silent() -> Iterator[None]:
    """Suppress GDAL's warnings and log lines; what is worth knowing is reported in the project's own messages."""
    children = [name for name in logging.root.manager.loggerDict if name.startswith("pyogrio.")]
    loggers = [logging.getLogger(name) for name in ("pyogrio", *children)]
    before = [logger.disabled for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
