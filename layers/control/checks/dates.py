"""Checks of dates: an impossible one, one that is not the file's own, and totals that jump between dates."""

from collections.abc import Mapping
from datetime import date, timedelta

from layers.findings import Finding
from layers.readers.dates.spellings import calendar_day
from layers.readers.dates.stated import STANDS
from layers.readers.raw_map import RawMap

FIRST_DAY = date(2014, 2, 20)  # the first date on which territory of Ukraine was Russian-held
MOST_DAYS_OFF = 2
MOST_JUMP_KM2 = 5000.0
LARGEST_JUMP_KM2 = 30_000.0
SAME_KM2 = 0.051  # totals are stored with one decimal
NEIGHBOUR_WITHIN = timedelta(days=31)


def check_dates(raw: RawMap, as_of: date | None, today: date) -> list[Finding]:
    """Return what is wrong with the date of a file, and with the date given for it.

    Parameters
    ----------
    raw
        The map as read, not repaired yet.
    as_of
        Date given by the user; None for that of the file.
    today
        Current date, or ``date.max`` for any. A date after the next day is impossible; the next one is possible where
        the sun rises earlier.
    """
    last = today + timedelta(days=today < date.max)
    own = calendar_day(raw.file_date)
    findings: list[Finding] = []
    for stated in dict.fromkeys(filter(None, (raw.file_date, raw.changed))):
        day = calendar_day(stated)
        if day is None or not FIRST_DAY <= day <= last:
            message = f"it is for {stated}, a day that cannot be; find out the day and mend the file or its name"
            findings.append(Finding("impossible-date", "refused", message))
    if as_of is not None and not FIRST_DAY <= as_of <= last:
        message = f"{as_of} cannot be the day of a control map; give one from {FIRST_DAY} to {today}"
        findings.append(Finding("impossible-date", "refused", message))
    elif as_of is not None and own is not None and not findings:
        findings.extend(_apart(as_of, own, calendar_day(raw.changed)))
    return findings


def _apart(as_of: date, own: date, changed: date | None) -> list[Finding]:
    """What is wrong with a date that is not the file's own; a map is valid up to 31 days after its last change."""
    days = abs((as_of - own).days)
    if days <= MOST_DAYS_OFF:
        return []
    if changed is not None and timedelta(0) <= as_of - changed <= STANDS:
        return [Finding("last-change", "told", f"taken for {as_of}: it last changed on {changed} and stood since")]
    message = (
        f"{as_of} is {days} days from the file's own day {own}, at most {MOST_DAYS_OFF} are let through; give the day "
        "that the file speaks of"
    )
    return [Finding("date-mismatch", "refused", message)]


def check_jump(as_of: str, area_km2: float, known: Mapping[str, float], accept: bool) -> list[Finding]:
    """Compare a total with the nearest earlier and later known dates of the same source.

    Within 31 days it may differ by 5,000 km². Over longer periods the limit grows in proportion, to at most 30,000 km².

    Parameters
    ----------
    as_of
        ISO date of the map; a known total of this date is ignored.
    area_km2
        Held territory of the map, in km².
    known
        Held territory of the source's other maps, in km², by ISO date.
    accept
        Report a jump instead of refusing the map.
    """
    day = date.fromisoformat(as_of)
    others = {other: total for other, total in known.items() if other != as_of}
    earlier = max((other for other in others if other < as_of), default=None)
    later = min((other for other in others if other > as_of), default=None)
    findings = []
    for other in (earlier, later):
        if other is None:
            continue
        change, months = area_km2 - others[other], abs(date.fromisoformat(other) - day) / NEIGHBOUR_WITHIN
        if abs(change) > min(MOST_JUMP_KM2 * max(1.0, months), LARGEST_JUMP_KM2):
            findings.append(
                _jump(f"{area_km2:,.0f} km² held, {change:+,.0f} against {other} of the same source", accept)
            )
    return findings


def check_repeated(as_of: str, area_km2: float, known: Mapping[str, float], accept: bool) -> list[Finding]:
    """Find other dates of the same source with the same total: the file may be that of the other date.

    Within 31 days this is reported, because a map may not have changed; beyond that it is refused.

    Parameters
    ----------
    as_of
        ISO date of the map.
    area_km2
        Held territory of the map, in km².
    known
        Held territory of the source's other maps, in km², by ISO date.
    accept
        Report the finding instead of refusing the map.
    """
    found = []
    for other, total in known.items():
        if other == as_of or abs(total - area_km2) > SAME_KM2:
            continue
        apart = abs(date.fromisoformat(other) - date.fromisoformat(as_of))
        message = f"{area_km2:,.1f} km² held, the same as on {other}; look whether the file is that of the other day"
        if apart <= NEIGHBOUR_WITHIN or accept:
            found.append(Finding("repeated", "told", message))
        else:
            found.append(Finding("repeated", "refused", f"{message}; --accept-jump lets it through"))
    return found


def _jump(message: str, accept: bool) -> Finding:
    if accept:
        return Finding("jump", "told", f"{message}; accepted")
    advice = "look for a class that was left out or a file of another day; --accept-jump lets it through"
    return Finding("jump", "refused", f"{message}; {advice}")
