"""A worker that is told to stop finishes what readers wait for, within a time; and it ends with the server."""

import os
import signal
import time
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from layers.processes import end_with_parent
from webapp.jobs.jobs import QUEUE
from webapp.jobs.pool import close_pool
from webapp.settings import read_settings

STOPS = {signal.SIGTERM, signal.SIGINT}

Application = TypeVar("Application")


def begin_worker(load: Callable[[], Application]) -> Application:
    """Load the application of a worker that begins; granian calls this in the worker's own process."""
    end_with_parent()
    if os.name == "posix":
        told, tell = os.pipe()
        os.set_blocking(tell, False)
        signal.set_wakeup_fd(tell)  # granian has its own handlers, and needs them
        Thread(target=_refuse_late, args=(told, read_settings().stop_within_s), daemon=True).start()
    return load()


def _refuse_late(told: int, within_s: float) -> None:
    """Wait for a signal to stop, and for so long; then answer all who still wait, before the server kills them."""
    while os.read(told, 1)[0] not in STOPS:
        pass
    time.sleep(within_s)
    QUEUE.close()
    close_pool()
