"""Who requests a result, as far as turns are shared among addresses."""

import ipaddress
from contextvars import ContextVar

NETWORK_BITS = 64  # of an IPv6 address: what follows is the reader's choice

# The address behind the request of this thread; empty outside of one. The edge sets it.
CURRENT_ADDRESS: ContextVar[str] = ContextVar("CURRENT_ADDRESS", default="")


def reader_address(other_end: str, forwarded: list[str], proxies: int) -> str:
    """Return the address of a reader, of an IPv6 address the network.

    Parameters
    ----------
    other_end
        The other end of the connection: a reader, or the proxy in front.
    forwarded
        What ``X-Forwarded-For`` lists: each proxy adds at the end where it was asked from.
    proxies
        How many proxies of the operator's are in front; what is listed before theirs anybody can write.
    """
    known = [one.strip() for one in (*forwarded, other_end)]
    address = known[max(-len(known), -1 - proxies)]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return other_end
    if isinstance(found, ipaddress.IPv4Address) or found.ipv4_mapped:
        return address
    return str(ipaddress.ip_network((found, NETWORK_BITS), strict=False))
