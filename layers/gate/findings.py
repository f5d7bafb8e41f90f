"""What a check finds in a file: its name, what became of it, and one sentence that says what to do."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["told", "repaired", "refused"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or worth knowing about a file; ``code`` is the check's name."""

    code: str
    verdict: Verdict
    message: str
