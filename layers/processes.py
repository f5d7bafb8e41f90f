"""Processes that work for another one: they leave Ctrl+C to it, and end with it."""

import multiprocessing
import os
import signal
from threading import Thread


def begin_process() -> None:
    """Prepare this process to work for the one that started it, as the first thing that it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """End this process with the one that started it, also where that is killed."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
