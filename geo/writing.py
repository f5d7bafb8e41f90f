"""Writing files whole or not at all."""

import os
import tempfile
from pathlib import Path

from geo.errors import ClausemapError


class WritingError(ClausemapError):
    """A file could not be written; what was there before is untouched."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it into place.

    Raises WritingError (disk full, no permission); the file that was there before stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _refusal(path: Path, error: OSError) -> WritingError:
    reason = error.strerror or str(error)
    return WritingError(
        f"{path}: could not be written ({reason}); free space or mend the permissions and run again"
    )
