"""The ``name`` and ``description`` of a GeoJSON collection, which QGIS and GDAL show as the name of the layer."""

from collections.abc import Mapping, Sequence

from geo.geojson import Feature
from layers.control_map import ControlMap
from layers.embedded import control_tag
from layers.products.wanted import AREAS
from layers.proposal.model import ProposalFile
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData
from layers.text.languages import DEFAULT

Members = Mapping[str, str]

EVERY_ZONE = "all zones"

CONTEXT = {
    "oblasts": "The 27 first-level units of Ukraine inside its internationally recognised border ({outlines}).",
    "neighbours": "The countries around Ukraine and the Black Sea (Natural Earth).",
    "abroad": "Land beyond the neighbours of Ukraine, simplified for images and not for measuring (Natural Earth).",
    "sea": "The sea around Ukraine (Natural Earth).",
    "hydrography": "Rivers, lakes, lagoons, reservoirs, drained beds; for drawing and not for cutting (Natural Earth).",
    "towns": "Towns of GeoNames; their populations were registered before the war, in different years.",
}


def all_zones(study: StudyData, proposal: ProposalFile, control: ControlMap) -> Members:
    """Return name and description of a collection with all zones of a proposal on a control map.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    control
        The control map.
    """
    return _zones(study, proposal, control, (), EVERY_ZONE)


def areas_alone(members: Members) -> Members:
    """The same for a collection without lines, places and countries."""
    described = members["description"].replace(f": {EVERY_ZONE} ", ": all zones with an area ", 1)
    return {"name": f"{members['name']}_{AREAS}", "description": described}


def one_zone(study: StudyData, proposal: ProposalFile, control: ControlMap, zone: Feature) -> Members:
    """Return name and description of a collection with one zone.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    control
        The control map.
    zone
        The zone.
    """
    return _zones(study, proposal, control, (zone.id,), zone.properties[f"name_{DEFAULT}"])


def drawn_zones(study: StudyData, proposal: ProposalFile, control: ControlMap) -> Members:
    """Return the name of the collection for screens; it has no description, since pages wait for it.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    control
        The control map.
    """
    return {"name": _name(study, (proposal.id, "display", control.as_of), control)}


def context_layer(name: str, reference: ReferenceData) -> Members:
    """Return name and description of a context layer.

    Parameters
    ----------
    name
        A key of ``CONTEXT``.
    reference
        Reference data, whose boundaries the description names.
    """
    return {"name": name, "description": CONTEXT[name].format(outlines=reference.outlines)}


def _zones(study: StudyData, proposal: ProposalFile, control: ControlMap, zone: Sequence[str], shown: str) -> Members:
    title = proposal.title.by_language()[DEFAULT]
    on_map = f"on the control map of {control.as_of} ({control.citation})"
    return {
        "name": _name(study, (proposal.id, *zone, control.as_of), control),
        "description": f"{title}: {shown} {on_map}; a proposal, not in force.",
    }


def _name(study: StudyData, parts: Sequence[str], control: ControlMap) -> str:
    """As the file is called when it is downloaded, without the ending."""
    return "_".join(parts) + control_tag(study.control.source.id, control.sha256)
