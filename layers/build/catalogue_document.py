"""The catalogue's document: what was built, where it is, and the sha256 of every file."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geo.geojson import Feature
from layers.control_map import ControlSource
from layers.dates import own_control_date
from layers.embedded import EMBEDDED, PUBLIC_MAPS
from layers.files import json_bytes
from layers.proposal.model import Carrier, ProposalFile, Published, PublishedFigure, Source, Text
from layers.proposal.published import load_published, map_dates
from layers.proposal.undrawn import UndrawnFile, load_undrawn
from layers.reference.control_days import unchanged_maps
from layers.reference.ground import Ground
from layers.reference.register import SOURCES, read_rows
from layers.text.languages import LANGUAGES
from layers.zones.derive import Derived

Contents = dict[str, bytes]
TEXTS = (
    "title", "short_title", "headline", "put_forward_by", "how_known", "status_note",
    "paraphrase_note", "summary", "drafted_note", "coverage_note",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """Russian-held territory on a date in km²: in all of Ukraine, and by ISO code of the oblast."""

    ukraine: Mapping[str, float | None]
    oblasts: Mapping[str, Mapping[str, float | None]]


def catalogue_document(
    ground: Ground,
    proposals: Sequence[ProposalFile],
    editions: Mapping[str, list[dict[str, Any]]],
    data_version: str,
    contents: Contents,
) -> bytes:
    """The whole catalogue as JSON bytes."""
    return json_bytes({
        "data_version": data_version,
        "languages": list(LANGUAGES),
        "control": _control(ground.source),
        "control_source": ground.source.name,
        "boundary_source": ground.outlines,
        "licence": ground.licence,
        "control_dates": list(ground.dates),
        "kinds": sorted({zone.kind for proposal in proposals for zone in proposal.zones}),
        "ukraine_km2": round(ground.ukraine_km2, 1),
        "context": _beside("context", contents, ground),
        "display": _beside("display", contents, ground),
        "published": [_published(entry, ground) for entry in load_published(ground.names)],
        "proposals": [_proposal(proposal, editions[proposal.id], ground) for proposal in proposals],
        "undrawn": [_undrawn(entry) for entry in load_undrawn()],
    })  # fmt: skip


def _beside(folder: str, contents: Contents, ground: Ground) -> dict[str, Any]:
    """The files that lie in a folder itself, by their names without the ending."""
    query = control_query(ground.source.id)
    paths = [path for path in contents if path.startswith(f"{folder}/") and path.count("/") == 1]
    return {
        path.removeprefix(f"{folder}/").partition(".")[0]: {"url": f"/{path}{query}", **_file(path, contents)}
        for path in paths
    }


def edition_entry(stem: str, as_of: str, derived: Derived, held: Held, contents: Contents) -> dict[str, Any]:
    """The entry of a proposal on one day; ``stem`` is the path of its folder."""
    dropped = [
        {
            "zone": entry.zone,
            "oblast": entry.oblast,
            "parts": entry.crumbs.parts,
            "area_km2": round(entry.crumbs.area_km2, 3),
        }
        for entry in derived.dropped
    ]
    query = control_query(derived.control_id)
    return {
        "as_of": as_of,
        "control_sha256": derived.control_sha256,
        "unchanged": dict(unchanged_maps().get(as_of, {})) if derived.control_id == EMBEDDED else {},
        "layer": {"url": f"/layers/{stem}.geojson{query}", **_file(f"{stem}.geojson", contents)},
        "areas_csv": {"url": f"/areas/{stem}.csv{query}", **_file(f"{stem}/areas.csv", contents)},
        "areas_json": {"url": f"/areas/{stem}.json{query}", **_file(f"{stem}/areas.json", contents)},
        "areas_xlsx": {"url": f"/areas/{stem}.xlsx{query}"},
        "towns": {"url": f"/towns/{stem}.json{query}", **_file(f"{stem}/towns.json", contents)},
        "display": {"url": f"/display/{stem}.geojson{query}", **_file(f"display/{stem}.geojson", contents)},
        "images": [f"/images/{stem}.svg{query}", f"/images/{stem}.png{query}"],
        "held": dict(held.ukraine),
        "held_by_oblast": {iso: dict(areas) for iso, areas in held.oblasts.items()},
        "dropped": dropped,
        "zones": [_zone(stem, query, feature, contents) for feature in derived.features],
    }


def control_query(control_id: str) -> str:
    """Return the query of a URL that requests a control map; empty for the included data."""
    return "" if control_id == EMBEDDED else f"?control={control_id}"


def _control(source: ControlSource) -> dict[str, Any]:
    about: dict[str, Any] = {"id": source.id, "name": source.name, "maps": source.maps}
    if source.id == EMBEDDED:
        about["read"] = [asdict(one) for one in PUBLIC_MAPS]
    return about | ({"completed_with": list(source.completed_with)} if source.completed_with else {})


def _zone(stem: str, query: str, feature: Feature, contents: Contents) -> dict[str, Any]:
    path = f"{stem}/{feature.id}.geojson"
    properties = feature.properties
    return {
        "id": feature.id,
        "kind": properties["kind"],
        "clause": properties["clause"],
        "area_km2": properties["area_km2"],
        "url": f"/layers/{path}{query}",
        **_file(path, contents),
    }


def _proposal(proposal: ProposalFile, editions: list[dict[str, Any]], ground: Ground) -> dict[str, Any]:
    texts = {name: getattr(proposal, name) for name in TEXTS}
    return {
        "id": proposal.id,
        "date": proposal.date.isoformat(),
        "status": proposal.status,
        "by": list(proposal.by),
        "texts": {name: text.by_language() for name, text in texts.items() if text is not None},
        "sources": _sources(proposal.sources),
        "points": [{"number": point.number, **_texts(text=point.text, note=point.note)} for point in proposal.points],
        "clauses": [
            {
                "id": clause.id,
                "point": clause.point,
                **_texts(label=clause.label, says=clause.says, differs=clause.differs),
            }
            for clause in proposal.clauses
        ],
        "outline_effect": _outline_effect(proposal, ground),
        "published": [_published(published, ground) for published in proposal.published],
        "editions": editions,
    }


def _undrawn(entry: UndrawnFile) -> dict[str, Any]:
    """Return the entry of a proposal that cannot be drawn; ``when`` is its date or month."""
    return {
        "id": entry.id,
        "when": entry.when,
        "by": list(entry.by),
        "texts": _texts(title=entry.title, put_forward_by=entry.put_forward_by, reason=entry.reason),
        "sources": _sources(entry.sources),
    }


def _published(entry: Published, ground: Ground) -> dict[str, Any]:
    """Figures that others published, each with the control maps that Clausemap's beside it is of."""
    return {
        "by": _name(entry.by),
        "date": entry.date.isoformat() if entry.date else None,
        "since": entry.since.isoformat() if entry.since else None,
        "month": entry.month,
        "until": entry.until,
        **_texts(basis=entry.basis),
        "carried_by": [_carrier(carrier) for carrier in entry.carried_by],
        "figures": [_published_figure(entry, figure, ground) for figure in entry.figures],
    }


def _published_figure(entry: Published, figure: PublishedFigure, ground: Ground) -> dict[str, Any]:
    """A figure with its oblasts in full and the control maps beside it: two for a change, none where none is near."""
    since_as_of, as_of = map_dates(entry, figure, ground.dates)
    return {
        **figure.model_dump(mode="json"),
        "oblasts": [
            {"iso": iso, "name": dict(ground.oblasts[iso].names), "area_km2": round(ground.oblasts[iso].area_km2, 1)}
            for iso in figure.oblasts
        ],
        "why": list(figure.why or entry.why),
        "since_as_of": since_as_of,
        "as_of": as_of,
    }


def _carrier(carrier: Carrier) -> dict[str, Any]:
    day = carrier.date.isoformat() if carrier.date else None
    return {"name": _name(carrier.name), "date": day, "url": carrier.url}


def _outline_effect(proposal: ProposalFile, ground: Ground) -> list[dict[str, Any]]:
    """The areas of the proposal's zones on other boundaries, computed on the included data for its own date."""
    if not ground.is_embedded:
        return []
    as_of = own_control_date(proposal.date.isoformat(), ground.dates)
    return [
        {
            "as_of": as_of,
            "zone": row["zone"],
            "oblast": row["oblast"],
            "oblast_name": dict(ground.oblasts[row["oblast"]].names),
            "embedded_km2": float(row["embedded_km2"]),
            "other_km2": float(row["other_km2"]),
        }
        for row in read_rows(SOURCES / "outline-effect.csv")
        if (row["proposal"], row["as_of"]) == (proposal.id, as_of)
    ]


def _sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    return [_source(source) for source in sources]


def _source(source: Source) -> dict[str, Any]:
    known = {"url": source.url} if source.url else {}
    return {"name": _name(source.name), "date": source.date.isoformat(), **known}


def _name(name: str | Text) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, name) if isinstance(name, str) else name.by_language()


def _texts(**texts: Text | None) -> dict[str, dict[str, str]]:
    return {name: text.by_language() for name, text in texts.items() if text is not None}


def _file(path: str, contents: Contents) -> dict[str, Any]:
    content = contents[path]
    return {
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
