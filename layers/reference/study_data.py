"""What zones are derived from: the reference data, and the control maps of a source by date."""

from dataclasses import dataclass
from pathlib import Path

from layers.embedded import EMBEDDED
from layers.reference.control_series import ControlSeries, included_series
from layers.reference.reference_data import EMBEDDED_OUTLINES, ReferenceData, load_reference_data
from layers.reference.register import SOURCES
from layers.text.languages import Languages


@dataclass(frozen=True)
class StudyData:
    """Reference data and a series of control maps, and what to cite for both."""

    reference: ReferenceData
    control: ControlSeries

    @property
    def version(self) -> str:
        """Empty for the included data; changes with the bytes of other control maps or boundaries."""
        return self.control.version or self.reference.version

    @property
    def is_embedded(self) -> bool:
        """Whether control maps and boundaries are the project's own."""
        return self.control.source.id == EMBEDDED and self.reference.outlines == EMBEDDED_OUTLINES

    @property
    def licence(self) -> str:
        """The licence of the results: other makers of control maps and boundaries decide on theirs."""
        source, outlines = self.control.source, self.reference.outlines
        if outlines == EMBEDDED_OUTLINES:
            return source.licence
        control, name = source.licence.partition("; ")[0], outlines.partition(" (")[0]
        control = "control data CC BY 4.0" if source.id == EMBEDDED else control
        return f"{control}; the maker of the outlines decides ({name}); texts CC BY 4.0"


def load_study_data(folder: Path = SOURCES, languages: Languages | None = None) -> StudyData:
    """Read the reference data of a folder and the list of its control maps, each loaded when it is requested.

    Parameters
    ----------
    folder
        Folder of the sources.
    languages
        Languages of the names; None for the installed ones.

    Raises
    ------
    SourceError, GeometryError, LanguageError
        As ``load_reference_data`` does.
    """
    return StudyData(load_reference_data(folder, languages), included_series(folder))
