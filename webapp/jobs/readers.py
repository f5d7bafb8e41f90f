"""Who requests a result, as far as turns are shared among addresses."""

import ipaddress

from flask import has_request_context, request

from webapp.settings import read_settings

NETWORK_BITS = 64  # of an IPv6 address: what follows is the reader's choice


def current_address() -> str:
    """The address behind the request of this thread; empty outside of one."""
    if not has_request_context():
        return ""
    listed = request.headers.get("X-Forwarded-For", "").split(",")
    return reader_address(request.remote_addr or "", listed, read_settings().proxies)


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
