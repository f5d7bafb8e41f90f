"""Examples below the help of commands."""


def example(line: str) -> str:
    """Return an example command for a help text; the character in front keeps click from wrapping it."""
    return f"\b\nExample: {line}"
