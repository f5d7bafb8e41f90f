"""The catalogue's document: what was built, where it is, and the sha256 of every file."""

import hashlib
from collections.abc import Mapping, Sequence

from geo.geojson import Feature
from layers.build.edition import DerivedEdition
from layers.build.years import BuiltEditions
from layers.catalogue.entries import (
    BuiltFile,
    CarrierEntry,
    ClauseEntry,
    DroppedEntry,
    FigureEntry,
    FormatEntry,
    OblastEntry,
    OutcomeEntry,
    OutlineEffect,
    PointEntry,
    PublishedEntry,
    SourceEntry,
    UndrawnEntry,
    ZoneEntry,
)
from layers.catalogue.model import Catalogue, Control, Edition, Proposal
from layers.control_map import ControlSource
from layers.dates import own_control_date
from layers.embedded import EMBEDDED, PUBLIC_MAPS, control_query
from layers.products.product import Product
from layers.products.registry import IMAGES, PRODUCTS, ZONE_LAYER, listed
from layers.products.shared import CONTEXT, DISPLAY, shared_products
from layers.proposal.model import (
    Carrier,
    Clause,
    Outcome,
    Point,
    ProposalFile,
    Published,
    PublishedFigure,
    Source,
    Text,
)
from layers.proposal.published import load_published, map_dates
from layers.proposal.undrawn import UndrawnFile, load_undrawn
from layers.reference.control_series import unchanged_maps
from layers.reference.reference_data import ReferenceData
from layers.reference.register import SOURCES, read_rows
from layers.reference.study_data import StudyData
from layers.zones.derive import Dropped, held_by_oblast, held_ground

Contents = dict[str, bytes]
TEXTS = (
    "title", "short_title", "headline", "put_forward_by", "how_known", "status_note",
    "paraphrase_note", "summary", "drafted_note", "coverage_note",
)  # fmt: skip


def catalogue_of(
    study: StudyData,
    proposals: Sequence[ProposalFile],
    editions: Mapping[str, BuiltEditions],
    data_version: str,
    shared: Contents,
) -> Catalogue:
    """Return the catalogue of a build.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposals
        The proposals, in the order of the catalogue.
    editions
        The editions of each proposal by its id.
    data_version
        Version of the data, as ``data_version`` returns it.
    shared
        Bytes of the layers that all editions share, by path below the root.
    """
    return Catalogue(
        data_version=data_version,
        languages=study.reference.languages,
        control=_control(study.control.source),
        control_source=study.control.source.name,
        boundary_source=study.reference.outlines,
        licence=study.licence,
        control_dates=study.control.dates,
        kinds=tuple(sorted({zone.kind for proposal in proposals for zone in proposal.zones})),
        ukraine_km2=round(study.reference.ukraine_km2, 1),
        context=_shared(CONTEXT, shared, study),
        display=_shared(DISPLAY, shared, study),
        published=tuple(_published(entry, study) for entry in load_published(study.reference.names)),
        proposals={proposal.id: _proposal(proposal, editions[proposal.id], study) for proposal in proposals},
        undrawn=tuple(map(_undrawn, load_undrawn(languages=study.reference.languages))),
        formats=tuple(_format(product) for product in PRODUCTS.values() if product.varies),
    )


def _format(product: Product) -> FormatEntry:
    urls = (product.url, product.areas_url)
    return FormatEntry(product.name, product.about, product.media_type, *urls, product.projections)


def _shared(folder: str, shared: Contents, study: StudyData) -> dict[str, BuiltFile]:
    """The layers of a folder by name."""
    query = control_query(study.control.source.id)
    rows = (row for row in shared_products(study.reference.languages).values() if row.folder == folder)
    return {row.name: _file(f"/{row.path}{query}", row.path, shared) for row in rows}


def edition_entry(edition: DerivedEdition, contents: Contents) -> Edition:
    """Return the catalogue's entry of a proposal on one date.

    Parameters
    ----------
    edition
        The derived zones of a proposal on one control map.
    contents
        Bytes of the edition's files, by path below the root.
    """
    reference, day, derived = edition.setting.reference, edition.day, edition.derived
    query = control_query(derived.control_id)
    return Edition(
        as_of=edition.as_of,
        control_sha256=derived.control_sha256,
        unchanged=dict(unchanged_maps().get(edition.as_of, {})) if derived.control_id == EMBEDDED else {},
        products={name: _product(product, edition, contents) for name, product in listed().items()},
        images=tuple(f"/images/{edition.proposal_id}/{edition.as_of}.{form}{query}" for form in IMAGES),
        held=held_ground(reference, day),
        held_by_oblast=held_by_oblast(reference, day),
        dropped=tuple(map(_dropped, derived.dropped)),
        zones={zone.id: _zone(zone, edition, contents) for zone in edition.zones},
    )


def _product(product: Product, edition: DerivedEdition, contents: Contents, zone: str = "") -> BuiltFile:
    named = {"proposal": edition.proposal_id, "date": edition.as_of, "zone": zone}
    url = product.url.format(**named) + control_query(edition.derived.control_id)
    return _file(url, product.path.format(**named), contents) if product.path else BuiltFile(url)


def _dropped(dropped: Dropped) -> DroppedEntry:
    crumbs = dropped.crumbs
    return DroppedEntry(dropped.zone, dropped.oblast, crumbs.parts, round(crumbs.area_km2, 3))


def _control(source: ControlSource) -> Control:
    read = PUBLIC_MAPS if source.id == EMBEDDED else ()
    return Control(source.id, source.name, source.maps, source.completed_with, read)


def _zone(zone: Feature, edition: DerivedEdition, contents: Contents) -> ZoneEntry:
    kind, clause, area = (zone.properties[name] for name in ("kind", "clause", "area_km2"))
    file = _product(ZONE_LAYER, edition, contents, zone.id)
    return ZoneEntry(zone.id, kind, clause, area, file.url, file.path, file.sha256, file.size_bytes)


def _proposal(proposal: ProposalFile, built: BuiltEditions, study: StudyData) -> Proposal:
    texts = {name: _text(getattr(proposal, name)) for name in TEXTS}
    return Proposal(
        id=proposal.id,
        date=proposal.date.isoformat(),
        status=proposal.status,
        by=proposal.by,
        texts={name: text for name, text in texts.items() if text},
        sources=tuple(map(_source, proposal.sources)),
        points=tuple(map(_point, proposal.points)),
        clauses=tuple(map(_clause, proposal.clauses)),
        outline_effect=tuple(_outline_effect(proposal, study)),
        published=tuple(_published(published, study) for published in proposal.published),
        kinds=built.kinds,
        years=built.years,
        editions=built.editions,
        figures=proposal.figures,
        outcomes=tuple(map(_outcome, proposal.outcomes)),
        control_dates=study.control.dates,
    )


def _point(point: Point) -> PointEntry:
    return PointEntry(point.number, point.text.by_language(), _text(point.note), _text(point.on_map))


def _clause(clause: Clause) -> ClauseEntry:
    label, says = clause.label.by_language(), clause.says.by_language()
    return ClauseEntry(clause.id, clause.point, label, says, _text(clause.differs), _text(clause.on_map))


def _outcome(outcome: Outcome) -> OutcomeEntry:
    return OutcomeEntry(outcome.text.by_language(), _text(outcome.short))


def _undrawn(entry: UndrawnFile) -> UndrawnEntry:
    """Return the entry of a proposal that cannot be drawn; ``when`` is its date or month."""
    texts = {name: getattr(entry, name).by_language() for name in ("title", "put_forward_by", "reason")}
    return UndrawnEntry(entry.id, entry.when, entry.by, texts, tuple(map(_source, entry.sources)))


def _published(entry: Published, study: StudyData) -> PublishedEntry:
    """Figures that others published, each with the control maps that Clausemap's beside it is of."""
    return PublishedEntry(
        by=entry.by.by_language(),
        date=entry.date.isoformat() if entry.date else None,
        since=entry.since.isoformat() if entry.since else None,
        month=entry.month,
        until=entry.until,
        basis=_text(entry.basis),
        carried_by=tuple(map(_carrier, entry.carried_by)),
        figures=tuple(_published_figure(entry, figure, study) for figure in entry.figures),
    )


def _published_figure(entry: Published, figure: PublishedFigure, study: StudyData) -> FigureEntry:
    """A figure with its oblasts in full and the control maps beside it: two for a change, none where none is near."""
    since_as_of, as_of = map_dates(entry, figure, study.control.dates)
    oblasts = tuple(_oblast(iso, study.reference) for iso in figure.oblasts)
    why = figure.why or entry.why
    plain = figure.model_dump(exclude={"oblasts", "why"})
    return FigureEntry(**plain, oblasts=oblasts, why=why, since_as_of=since_as_of, as_of=as_of)


def _oblast(iso: str, reference: ReferenceData) -> OblastEntry:
    oblast = reference.oblasts[iso]
    return OblastEntry(iso, dict(oblast.names), round(oblast.area_km2, 1))


def _carrier(carrier: Carrier) -> CarrierEntry:
    return CarrierEntry(carrier.name.by_language(), carrier.date.isoformat() if carrier.date else None, carrier.url)


def _outline_effect(proposal: ProposalFile, study: StudyData) -> list[OutlineEffect]:
    """The areas of the proposal's zones on other boundaries, computed on the included data for its own date."""
    if not study.is_embedded:
        return []
    as_of = own_control_date(proposal.date.isoformat(), study.control.dates)
    return [
        OutlineEffect(
            as_of=as_of,
            zone=row["zone"],
            oblast=row["oblast"],
            oblast_name=dict(study.reference.oblasts[row["oblast"]].names),
            embedded_km2=float(row["embedded_km2"]),
            other_km2=float(row["other_km2"]),
        )
        for row in read_rows(SOURCES / "outline-effect.csv")
        if (row["proposal"], row["as_of"]) == (proposal.id, as_of)
    ]


def _source(source: Source) -> SourceEntry:
    return SourceEntry(source.name.by_language(), source.date.isoformat(), source.url or "")


def _text(text: Text | None) -> dict[str, str] | None:
    return text.by_language() if text is not None else None


def _file(url: str, path: str, contents: Contents) -> BuiltFile:
    content = contents.get(path)
    if content is None:  # it comes later
        return BuiltFile(url, path)
    return BuiltFile(url, path, hashlib.sha256(content).hexdigest(), len(content))
