"""Examples below the help of commands."""


def example(line: str) -> str:
    """A line to try, as click sets it: the mark before it keeps the line whole."""
    return f"\b\nExample: {line}"
