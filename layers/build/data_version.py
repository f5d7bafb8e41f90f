"""The version of the data, which files, URLs and keys of caches have."""

import hashlib
from pathlib import Path

from layers.proposal.loading import PROPOSALS
from layers.proposal.published import PUBLISHED
from layers.proposal.undrawn import UNDRAWN
from layers.reference.register import SOURCES, read_register
from layers.reference.study_data import StudyData
from layers.text.languages import installed_languages, text_files

METHOD_VERSION = "2"
FORM_VERSION = "2"  # of how files are written: what names a version is stored for good


def data_version(folder: Path = PROPOSALS, study: StudyData | None = None) -> str:
    """Return the version of the data, as ``2-`` and 12 hexadecimal digits.

    It changes with the method, the form of the files, and the bytes of sources, proposals and texts, and with the bytes
    of other control maps or boundaries.

    Parameters
    ----------
    folder
        Folder of the proposals' TOML files.
    study
        Other control maps or boundaries; None for the included ones.
    """
    digest = hashlib.sha256(FORM_VERSION.encode())
    sources = [SOURCES / "sources.toml", *(SOURCES / name for name in read_register())]
    files = [PUBLISHED, UNDRAWN, *sources, *folder.glob("*.toml")]
    for path in sorted(files, key=lambda file: file.name):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    languages = study.reference.languages if study else installed_languages()
    for name, path in text_files(languages).items():
        digest.update(name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update((study.version if study else "").encode())
    return f"{METHOD_VERSION}-{digest.hexdigest()[:12]}"
