"""What the project's own control data is called, and how many public maps it reads."""

EMBEDDED = "embedded"
EMBEDDED_MAPS = 3
