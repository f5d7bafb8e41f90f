"""FlatGeobuf: one layer with a spatial index, of which programs read the part that they show."""

from layers.products.edition import EditionContent
from layers.products.formats.gdal_files import written_file
from layers.products.formats.zone_table import zone_table


def flatgeobuf(edition: EditionContent) -> bytes:
    """Return the zones as FlatGeobuf, in the order of its index."""
    table = zone_table(edition)
    description = edition.members["description"]
    return written_file("FlatGeobuf", "zones.fgb", edition.as_of, [table], TITLE=table.name, DESCRIPTION=description)
