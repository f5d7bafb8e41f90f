"""The licence that can be named by its URL; other makers of control maps and outlines decide on theirs."""

CC_BY = "CC BY 4.0"
CC_BY_URL = "https://creativecommons.org/licenses/by/4.0/"


def licence_url(licence: str) -> str:
    """Return the URL of a licence as zones and catalogues name it; empty where it is for another maker to say."""
    return CC_BY_URL if licence == CC_BY else ""
