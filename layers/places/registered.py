"""Where the figures of registered people are from, and which of them are those of whole units."""

NOTE = (
    "Registered population before the war: GeoNames, of different years, mostly 2022 and before; Kherson, Mariupol and "
    "Bakhmut: State Statistics Service of Ukraine, 1 January 2022."
)
SOURCE = f"{NOTE} Towns and villages from 500 people."
WHOLE_UNITS = {"UA-40": 694423}  # the figure of Sevastopol is that of its unit, villages included
