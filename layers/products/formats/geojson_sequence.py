"""GeoJSON text sequences (RFC 8142): a feature a line, each after a record separator, to be read as they come."""

from geo.geojson import write_feature
from layers.products.edition import EditionContent
from layers.products.formats.zone_table import wanted_zones

RECORD = "\x1e{}\n"


def geojson_sequence(edition: EditionContent) -> bytes:
    """Return the zones as a GeoJSON text sequence."""
    return "".join(RECORD.format(write_feature(zone).text) for zone in wanted_zones(edition)).encode()
