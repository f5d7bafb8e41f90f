"""PostGIS as a place for archives: a row a zone, which any server of the field can serve, and a row an edition."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import shapely

from geo.geojson import Feature, canonical
from layers.archive.place import EditionName, MakeFiles, Written
from layers.build.edition import DerivedEdition
from layers.errors import MissingPackageError
from layers.files import WritingError

if TYPE_CHECKING:
    from psycopg import Connection

# What a row was written with is compared by its bytes, as the database has them.
DIGEST = "sha256(ST_AsBinary(geometry) || convert_to(properties::text, 'UTF8'))"
TABLES = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE IF NOT EXISTS editions (
    control text, proposal text, as_of date, zones integer NOT NULL, key text NOT NULL,
    PRIMARY KEY (control, proposal, as_of)
);
CREATE TABLE IF NOT EXISTS zones (
    control text, proposal text, as_of date, zone text,
    kind text NOT NULL, clause text, oblast text, held_by text,
    area_km2 double precision, area_low_km2 double precision, area_high_km2 double precision,
    length_km double precision,
    properties jsonb NOT NULL, geometry geometry(Geometry, 4326) NOT NULL, sha256 bytea NOT NULL,
    PRIMARY KEY (control, proposal, as_of, zone),
    FOREIGN KEY (control, proposal, as_of) REFERENCES editions ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS zones_geometry ON zones USING gist (geometry);
"""
COLUMNS = ("kind", "clause", "oblast", "held_by", "area_km2", "area_low_km2", "area_high_km2", "length_km")
FORGET = "DELETE FROM editions WHERE control = %s AND proposal = %s AND as_of = %s"
NOTE = "INSERT INTO editions VALUES (%s, %s, %s, %s, %s)"
INSERT = f"""
WITH made AS (SELECT %s::jsonb AS properties, ST_GeomFromWKB(%s, 4326) AS geometry)
INSERT INTO zones SELECT %s, %s, %s, %s, {", ".join(["%s"] * len(COLUMNS))}, properties, geometry, {DIGEST} FROM made
"""
FIND = f"""
SELECT zones = (
    SELECT count(*) FROM zones AS one
    WHERE (one.control, one.proposal, one.as_of) = (editions.control, editions.proposal, editions.as_of)
        AND sha256 = {DIGEST}
) FROM editions WHERE control = %s AND proposal = %s AND as_of = %s AND key = %s
"""


@dataclass(frozen=True)
class DatabasePlace:
    """A database by its URL. An edition is written in one transaction, or not at all."""

    url: str

    def prepare(self) -> None:
        """Make the tables where they are not there yet. Raises WritingError."""
        with self._connected() as connection:
            connection.execute(TABLES)

    def has(self, edition: EditionName, key: str) -> bool:
        """Return whether an edition of a key is there with all its rows as they were written.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.

        Raises
        ------
        WritingError
            If the database refuses.
        """
        with self._connected() as connection:
            found = connection.execute(FIND, (*edition, key)).fetchone()
        return found is not None and bool(found[0])

    def write(self, edition: EditionName, key: str, derived: DerivedEdition, make: MakeFiles) -> Written:
        """Write the zones of an edition in the place of those that were there; files are not made.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.
        derived
            The edition.
        make
            What would make its files.

        Raises
        ------
        WritingError
            If the database refuses.
        """
        rows = [_row(edition, zone) for zone in derived.zones]
        with self._connected() as connection:
            connection.execute(FORGET, edition)
            connection.execute(NOTE, (*edition, len(rows), key))
            connection.cursor().executemany(INSERT, rows)
        return Written(len(rows), sum(len(row[0]) + len(row[1]) for row in rows))

    @contextmanager
    def _connected(self) -> "Iterator[Connection[Any]]":
        """A connection for one transaction."""
        try:
            import psycopg
        except ImportError as error:
            raise MissingPackageError("postgresql://", "psycopg", "archive") from error
        try:
            with psycopg.connect(self.url) as connection:
                yield connection
        except psycopg.Error as error:
            parts = urlsplit(self.url)
            reason = " ".join(str(error).split())
            raise WritingError(
                f"{parts.hostname or ''}{parts.path}: {reason}; see to the database, run again"
            ) from error


def _row(edition: EditionName, zone: Feature) -> tuple[Any, ...]:
    properties = json.dumps(zone.properties, ensure_ascii=False)
    shape = shapely.to_wkb(canonical(zone.geometry))
    return (properties, shape, *edition, zone.id, *(zone.properties[name] for name in COLUMNS))
