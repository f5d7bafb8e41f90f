"""Names in the query of a request: those that a URL knows, and tracking parameters."""

from collections.abc import Iterable

from webapp.errors import OptionError

EVERYWHERE = ("control", "v")  # every URL may name a control map, and the version that it was made with
# Added by mailings, advertisements and caches, not by whoever wants something of us.
ADDED = frozenset(
    {
        "_", "__hsfp", "__hssc", "__hstc", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "dclid", "epik", "fbclid",
        "gad_campaignid", "gad_source", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid",
        "mibextid", "mkt_tok", "msclkid", "ref_src", "ref_url", "s_kwcid", "sccid", "srsltid", "ttclid", "twclid",
        "vero_id", "wbraid", "yclid", "ysclid",
    }
)  # fmt: skip
CAMPAIGNS = ("utm_", "mtm_", "pk_")  # what names of campaigns begin with
LONGEST_NAME = 60  # characters of a name that are repeated


def check_names(given: Iterable[str], what: str, known: tuple[str, ...]) -> None:
    """Refuse names of a query that a URL does not know.

    Parameters
    ----------
    given
        Names in the query.
    what
        What the URL is, for the error message.
    known
        Names that the URL knows.

    Raises
    ------
    OptionError
        Lists the known names.
    """
    for name in given:
        if name not in (*known, *EVERYWHERE) and not is_added(name):
            raise OptionError(what, name[:LONGEST_NAME], known)


def is_added(name: str) -> bool:
    """Whether a name in a query was added by a mailing, an advertisement or a cache."""
    name = name.lower()
    return name in ADDED or name.startswith(CAMPAIGNS)
