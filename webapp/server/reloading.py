"""What a running server reads again: its catalogues and languages, without what was remembered of the old ones."""

import functools
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from geo.errors import ClausemapError
from layers.processes import begin_process
from webapp.jobs.code_version import HOUSES

Found = TypeVar("Found")
_Cached = type(functools.lru_cache(len))


class ReloadError(ClausemapError):
    """What is to be served now cannot be; the message says why."""


def found_elsewhere(find: Callable[[], Found]) -> Found:
    """Return what a picklable function returns in a process of its own, which may build for minutes and take memory.

    Raises ReloadError with the message of a ClausemapError or OSError of the function.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin_process) as process:
        try:
            found, refusal = process.submit(_found_or_refused, find).result()
        except BrokenProcessPool as error:
            raise ReloadError("the process that was to build it was ended") from error
    if refusal:
        raise ReloadError(refusal)
    return found  # type: ignore[return-value]  # None only where it was refused


def _found_or_refused(find: Callable[[], Found]) -> tuple[Found | None, str]:
    """The result and the message of an error: not every error can be handed from process to process."""
    try:
        return find(), ""
    except (ClausemapError, OSError) as error:
        return None, str(error) or type(error).__name__


def forget() -> None:
    """Empty all caches of functions of the project, so that files are read again."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in HOUSES:
            for value in list(vars(module).values()):
                if isinstance(value, _Cached):
                    value.cache_clear()
