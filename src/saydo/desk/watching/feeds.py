"""Which feeds to watch: an OPML file, a plain list of addresses, or one address."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from saydo.intake import check_address, host_of
from saydo.model.errors import InputError

_MOST_BYTES = 10_000_000
_MOST_FEEDS = 10_000


class FeedList(NamedTuple):
    """Feeds by their addresses, each once, in the order of the list; and what in the list is none."""

    urls: tuple[str, ...]
    faults: tuple[str, ...] = ()

    @classmethod
    def read(cls, named: str, private: bool = False) -> FeedList:
        """The feeds of a file, or the one that is named by its address. ``private`` allows hosts of this
        machine and of private networks. Raises InputError where there is no feed at all."""
        if named.startswith(("http://", "https://")):
            lines = [(named, named)]
        else:
            lines = _lines(Path(named))
        urls: dict[str, None] = {}
        faults = []
        for shown, address in lines:
            try:
                urls[_address(address, private)] = None
            except InputError as error:
                faults.append(f"{shown}: {error}")
        if not urls:
            why = f" ({faults[0]})" if faults else ""
            raise InputError(
                f"{named} names no feed that can be watched{why}; give OPML or an address a line"
            )
        if len(urls) > _MOST_FEEDS:
            raise InputError(
                f"{named} names {len(urls):,} feeds, over the limit of {_MOST_FEEDS:,}; split it"
            )
        return cls(tuple(urls), tuple(faults))

    def homes(self) -> frozenset[str]:
        """The hosts of the feeds."""
        return frozenset(host_of(url) for url in self.urls)


def _address(address: str, private: bool) -> str:
    if address.startswith("feed:"):
        rest = address.removeprefix("feed:")
        address = rest if rest.startswith("http") else f"https:{rest}"
    if "://" not in address:
        raise InputError(f"{address[:80]!r} is no address; write it with https:// in front")
    if private:
        host_of(address)
        return address
    return check_address(address)


def _lines(path: Path) -> list[tuple[str, str]]:
    """``(where, address)`` of every feed that a file lists."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check the path") from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path} is over the limit of {_MOST_BYTES:,} bytes for a list of feeds; split it")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _outlines(path, data)
    text = data.decode("utf-8-sig", "replace")
    listed = (line.partition("#")[0] if line.startswith("#") else line for line in text.splitlines())
    return [
        (f"{path}:{number}", " ".join(line.split()))
        for number, line in enumerate(listed, start=1)
        if line.strip()
    ]


def _outlines(path: Path, data: bytes) -> list[tuple[str, str]]:
    from lxml import etree

    # entities stay unread: a list of feeds has no use for them, and they may lead to files or grow without
    # end
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path} is no OPML that can be read ({error.msg}); save it anew") from None
    if etree.QName(root).localname.lower() != "opml":
        raise InputError(
            f"{path} is XML but no OPML; give the address of a feed itself, or a list of such addresses"
        )
    found = []
    for outline in root.iter("{*}outline", "outline"):
        address = next((v for k, v in outline.attrib.items() if str(k).lower() == "xmlurl"), None)
        if address:
            found.append((f"{path}:{outline.sourceline}", str(address).strip()))
    return found
