"""The included sources, read and worked out once for a run of tests: files of the repository that no test changes."""

from functools import cache
from pathlib import Path

from layers.catalogue.model import EVERY_DATE
from layers.control import combination, selection
from layers.control.checks.other_maps import Areas, OtherMaps
from layers.control_map import ControlMap
from layers.findings import Tell, say_nothing
from layers.labels import places
from layers.reference import control_series, reference_data, study_data
from layers.reference.reference_data import ReferenceData
from layers.reference.register import SOURCES
from layers.reference.study_data import StudyData
from layers.text.languages import Languages, installed_languages

ALONE = {".geojson", ".json"}  # files that have no others beside them
BUILT_PLACES = EVERY_DATE / "display/labels.json"
label_anew = places.label_places


def keep_ground() -> None:
    """Have commands and builds of a test find the sources as they were read for another test.

    Sources of other folders, and those that are named in other languages, are read each time. The places of names on
    included control maps are those of the set-up's build; ``tests/layers/test_labels.py`` makes them anew.
    """
    labelled = dict[tuple[str, ...], bytes]()
    read, read_day, measured = reference_data.load_reference_data, control_series.read_day, OtherMaps._embedded
    fit, fitted = selection.with_outlines, dict[tuple[str, bytes], tuple[ReferenceData, list[str]]]()
    kept: dict[tuple[int, str, str], tuple[ReferenceData, Areas]] = {}
    included, in_other_languages = cache(read), list[ReferenceData]()
    all_days = cache(lambda: control_series.included_series(SOURCES).dates)
    included_day = cache(read_day)

    def reference(folder: Path = SOURCES, languages: Languages | None = None) -> ReferenceData:
        if folder == SOURCES and (languages is None or languages == installed_languages()):
            return included()
        found = read(folder, languages)
        if folder == SOURCES:
            in_other_languages.append(found)
        return found

    def day_of(path: Path, day: str, sha256: str, citation: str) -> ControlMap:
        return (included_day if SOURCES in path.parents else read_day)(path, day, sha256, citation)

    def embedded(self: OtherMaps, day: str, level: str) -> Areas:
        key = id(self.study.reference), day, level
        if key not in kept:
            kept[key] = self.study.reference, measured(self, day, level)  # kept with it, so that no other has its id
        return kept[key][1]

    def outlined(reference: ReferenceData, path: Path, tell: Tell = say_nothing) -> ReferenceData:
        if reference is not included() or path.suffix not in ALONE or not path.is_file():
            return fit(reference, path, tell)
        key = path.name, path.read_bytes()
        if key not in fitted:
            remarks: list[str] = []
            fitted[key] = fit(reference, path, remarks.append), remarks
        for remark in fitted[key][1]:
            tell(remark)
        return fitted[key][0]

    def labels_of(study: StudyData) -> bytes:
        days, same_ground = study.control.dates, (included(), *in_other_languages)
        if not study.is_embedded or not any(study.reference is one for one in same_ground):
            return label_anew(study)
        if BUILT_PLACES.is_file() and set(days) <= set(all_days()):
            return BUILT_PLACES.read_bytes()
        if days not in labelled:
            labelled[days] = label_anew(study)
        return labelled[days]

    places.label_places = labels_of
    selection.with_outlines = combination.with_outlines = outlined  # type: ignore[attr-defined]
    reference_data.load_reference_data = reference
    study_data.load_reference_data = reference  # type: ignore[attr-defined]
    control_series.read_day = day_of
    OtherMaps._embedded = embedded  # type: ignore[method-assign]
