"""Labels of zones on every map: where they stand on all dates, and which goes first."""
