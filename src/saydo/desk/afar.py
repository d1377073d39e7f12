"""Where an address leads that a person named for words of a case to be sent to."""

from __future__ import annotations

from ipaddress import ip_address

from saydo.intake import addresses_of, is_private
from saydo.model.errors import InputError

HERE, NEAR, FAR = "this machine", "a private network", "the internet"


def named_address(url: str, what: str) -> str:
    """The address. Raises InputError where words of a case may not go there at
    all: another scheme, or a name and password in it, which would end up in logs."""
    import httpx

    try:
        parsed = httpx.URL(url)
        fine = parsed.scheme in ("http", "https") and parsed.host and not parsed.userinfo
    except (httpx.InvalidURL, UnicodeError, ValueError):
        fine = False
    if not fine:
        raise InputError(
            f"{what} must be an address that begins with https:// (http:// for this machine and private "
            "networks) and holds no user name"
        )
    return url


def where_to(url: str) -> str:
    """``this machine``, ``a private network`` or ``the internet``. Raises InputError where the host is not
    known, and where words would cross the internet in the clear."""
    import httpx

    parsed = httpx.URL(url)
    try:
        addresses = addresses_of(parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80))
    except (OSError, UnicodeError):
        raise InputError(f"the host {parsed.host} is not known; check the address") from None
    if all(ip_address(address.partition("%")[0]).is_loopback for address in addresses):
        return HERE
    if all(map(is_private, addresses)):
        return NEAR
    if parsed.scheme != "https":
        raise InputError(f"{parsed.host} is reached over a public network; give an https:// address")
    return FAR
