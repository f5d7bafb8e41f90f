"""A worker that is replaced accepts no more connections, some time before it ends.

By itself granian closes connections that it has accepted and not yet read from when it ends, so that a request on its
way would be lost. Others wait at the socket that all workers share until the new worker accepts them.
"""

import os
import re
import select
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

DESCRIPTORS = Path("/proc/self/fd")
POLLING = "anon_inode:[eventpoll]"
_WATCHED = re.compile(r"^tfd:\s*(\d+)", re.MULTILINE)


def drain_on_signal(listening: int) -> None:
    """Accept no more connections in this process once it gets SIGUSR2; where there is no ``/proc``, that does nothing.

    Parameters
    ----------
    listening
        File descriptor of the socket that connections are accepted from.
    """
    if hasattr(signal, "SIGUSR2"):
        signal.signal(signal.SIGUSR2, lambda *_: stop_accepting(listening))


def drain(process: int) -> None:
    """Send the signal to a worker."""
    if hasattr(signal, "SIGUSR2"):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGUSR2)


def stop_accepting(listening: int) -> None:
    """Have nothing in this process told any more when a connection waits at a socket, and leave it to other processes.

    Parameters
    ----------
    listening
        File descriptor of the socket.
    """
    with suppress(OSError):
        socket = _opened(listening)
        for polling, watched in _watched():
            with suppress(OSError):
                if _opened(watched) == socket:
                    with select.epoll.fromfd(os.dup(polling)) as poll:
                        poll.unregister(watched)


def _watched() -> Iterator[tuple[int, int]]:
    """Each descriptor that something in this process waits at, after the one that it waits with."""
    for polling in [int(path.name) for path in DESCRIPTORS.iterdir()]:
        with suppress(OSError):
            if _opened(polling) == POLLING:
                told = Path(f"/proc/self/fdinfo/{polling}").read_text()
                yield from ((polling, int(watched)) for watched in _WATCHED.findall(told))


def _opened(descriptor: int) -> str:
    """What a descriptor stands for, such as ``socket:[4711]``."""
    return str((DESCRIPTORS / str(descriptor)).readlink())
