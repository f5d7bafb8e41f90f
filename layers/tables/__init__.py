"""The areas of zones as tables: of one date, over time, and as spreadsheets."""
