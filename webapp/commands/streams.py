"""Standard streams as commands find them: full, closed, or limited to ASCII."""

import codecs
import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any

OUTPUT, MESSAGES = 1, 2  # their numbers


class Descriptor(io.FileIO):
    """Where a stream writes to; it remembers that it failed."""

    failed = False

    def write(self, data: Any) -> int:
        """Write as a file does. Raises OSError."""
        try:
            return super().write(data)
        except OSError:
            self.failed = True
            raise


class Messages(Descriptor):
    """Where messages go to. What stays in the buffer would fail each process that is started later."""

    def write(self, data: Any) -> int:
        """Write as a file does; what cannot be written is dropped."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


class AsciiStream(io.TextIOWrapper):
    """A stream of ASCII that shows replacement marks for all other characters."""

    encoding = "ascii with marks"


def prepare_streams() -> None:
    """Let the streams of this process show what they can. One that is closed fails when it is written to."""
    sys.stdout = _prepared(sys.stdout) or _stand_in(OUTPUT, os.O_RDONLY)
    sys.stderr = _prepared(sys.stderr) or _stand_in(MESSAGES, os.O_WRONLY)  # without a reader, nothing is reported


def is_quiet(error: OSError) -> bool:
    """Return whether a reader of the output has gone, as ``head`` does: that is no failure to report."""
    return error.errno == errno.EPIPE


def os_error_text(error: OSError) -> str:
    """An error of the system in one line: whose, and what is wrong."""
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {reason}"
    if _is_broken(sys.stdout):
        return f"stdout cannot be written ({reason}); send it to another place"
    return f"the system refuses something ({reason}); see --debug"


def one_line(message: str) -> str:
    """A message on one line, whatever a file is called: marks in place of signs that move a terminal's cursor."""
    joined = " ".join(line.strip() for line in message.splitlines())
    return "".join(sign if sign.isprintable() or sign == "\u00ad" else "?" for sign in joined)


def silence_streams() -> None:
    """Drop what a stream that failed still holds, or Python fails again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        if _is_broken(stream):
            with suppress(OSError, ValueError):
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, stream.fileno())
                os.close(null)


def _prepared(stream: Any) -> Any:
    """A stream that remembers, with marks for what it cannot encode; None where it is closed, others as they are."""
    if type(stream) is not io.TextIOWrapper or type(_raw(stream)) is not io.FileIO:
        return stream
    return _stream(stream.fileno(), stream.encoding, line_buffering=stream.line_buffering)


def _stand_in(number: int, flags: int) -> io.TextIOWrapper:
    """A stream in place of one that is closed; its number is taken, or the next file that is opened would get it."""
    opened = os.open(os.devnull, flags)
    if opened != number and not _is_open(number):
        os.dup2(opened, number)
    return _stream(opened, "utf-8")


def _stream(number: int, encoding: str, *, line_buffering: bool = False) -> io.TextIOWrapper:
    kind = AsciiStream if codecs.lookup(encoding).name == "ascii" else io.TextIOWrapper
    descriptor = Messages if number == MESSAGES else Descriptor
    buffer = io.BufferedWriter(descriptor(number, "w", closefd=False))
    return kind(buffer, encoding, errors="replace", line_buffering=line_buffering)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _is_broken(stream: Any) -> bool:
    """Whether a stream could not write something."""
    return isinstance(stream, io.TextIOWrapper) and getattr(_raw(stream), "failed", False)


def _raw(stream: io.TextIOWrapper) -> Any:
    """What a stream writes to in the end; with PYTHONUNBUFFERED there is nothing between."""
    return getattr(stream.buffer, "raw", stream.buffer)
