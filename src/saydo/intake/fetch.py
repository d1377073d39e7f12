"""Fetching pages: politely, within limits, and never from a private network by accident."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from saydo.intake.limits import Limits
from saydo.intake.source import Fetched
from saydo.model.capture import Capture
from saydo.model.errors import InputError

if TYPE_CHECKING:
    import httpx
    from protego import Protego

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ROBOTS_BYTES = 500_000
_HEADERS = 200
"""Lines of an answer's head that are kept of it; their length is bounded by the HTTP library."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that is in use of the public addresses of version 6; what lies outside leads nowhere, or home."""


_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_RULES_SECONDS = 86_400.0
"""How long a host's robots.txt is believed, as RFC 9309 has it; what it could not be had for, a tenth."""


class Unfetched(InputError):
    """A page could not be had. ``later`` says whether it may be another time; ``status`` is the server's
    answer, where there was one, and ``retry_after`` what that asked for."""

    def __init__(
        self, told: str, *, later: bool = False, status: int | None = None, retry_after: str = ""
    ) -> None:
        self.later, self.status, self.retry_after = later, status, retry_after
        super().__init__(told)


class Barred(InputError):
    """An address leads to this machine or into a private network."""


class Answered(NamedTuple):
    """What a server answered in the end: a page, or that there is nothing new (304)."""

    status: int
    url: str
    """The address that answered, after all redirects."""
    moved: str | None
    """That address, where every redirect to it was for good."""
    media_type: str | None
    charset: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    capture: Capture

    def header(self, name: str) -> str:
        """The value of a header; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class _Answer(NamedTuple):
    status: int
    location: str | None
    media_type: str | None
    charset: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes


class _Rules(NamedTuple):
    """A host's robots.txt, or why it is not known and the host must be left alone."""

    robots: Protego | None
    refusal: str | None = None
    until: float = 0.0


class Fetcher:
    """Gets pages over http and https; holds one connection pool, each host's rules and last visit.

    Addresses are resolved once, checked, and then connected to as checked, so that a name cannot point
    elsewhere between the check and the visit. Proxies named in the environment are not used, for the same
    reason.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        barred: Callable[[str], bool] | None = None,
        resolve: Callable[[str, int], list[str]] | None = None,
        homes: Collection[str] = (),
    ) -> None:
        """``homes`` are hosts, as ``http://name:port``, that a person named and that may be of this machine
        or of a private network."""
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._barred = barred or is_private
        self._resolve = resolve or addresses_of
        self._homes = frozenset(homes)
        self._client: httpx.Client | None = None
        self._rules: dict[str, _Rules] = {}
        self._visited: dict[str, float] = {}
        self._agent = f"saydo/{_version()}"

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def fetch(self, url: str) -> Fetched:
        """Get a page, following redirects; raises InputError with the reason where that is not possible."""
        answer = self.ask(url)
        if answer.status != 200:
            raise Unfetched(
                f"the server answered {answer.status} for {answer.url}; check the address",
                later=answer.status in (408, 425, 429) or answer.status >= 500,
                status=answer.status,
                retry_after=answer.header("retry-after"),
            )
        return Fetched(answer.url, answer.body, answer.media_type, answer.charset, answer.capture)

    def ask(self, url: str, etag: str = "", modified: str = "") -> Answered:
        """What a server answers, whatever that is, after redirects; ``etag`` and ``modified`` are those of
        the answer that one has already. Raises InputError where there is no answer, or none may be asked
        for."""
        deadline = self._clock() + self._limits.max_seconds
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in known.items() if value}
        requested, moved, for_good = url, None, True
        for _ in range(self._limits.max_redirects + 1):
            target = _parsed(url)
            if self._limits.respect_robots:
                self._ask_robots(target, deadline)
            answer = self._get(target, deadline, self._limits.max_bytes, headers)
            if answer.status in _REDIRECTS and answer.location:
                url = urljoin(str(target), answer.location)
                for_good = for_good and answer.status in (301, 308)
                moved = url if for_good else None
                continue
            capture = Capture(
                _now(), requested, str(target), answer.status, answer.headers,
                hashlib.sha256(answer.body).hexdigest(), self._agent,
            )  # fmt: skip
            return Answered(
                answer.status, str(target), moved, answer.media_type, answer.charset, answer.headers,
                answer.body, capture,
            )  # fmt: skip
        raise Unfetched(f"is redirected more than {self._limits.max_redirects} times; give the final address")

    def _ask_robots(self, target: httpx.URL, deadline: float) -> None:
        host = _host_key(target)
        if host not in self._rules or self._rules[host].until < self._clock():
            found = self._robots(target, deadline)
            lasts = _RULES_SECONDS / 10 if found.refusal else _RULES_SECONDS
            self._rules[host] = found._replace(until=self._clock() + lasts)
        rules = self._rules[host]
        if rules.refusal:
            raise Unfetched(rules.refusal, later=True)
        if rules.robots is None:
            return
        if not rules.robots.can_fetch(str(target), self._agent):
            raise InputError(
                f"robots.txt of {target.host} does not allow {target.path} to be read by a program"
            )
        asked = rules.robots.crawl_delay(self._agent) or 0
        if asked > self._limits.max_delay:
            raise InputError(
                f"robots.txt of {target.host} asks for {asked:g} s between visits; too slow to read"
            )

    def _robots(self, target: httpx.URL, deadline: float) -> _Rules:
        """A host's rules as RFC 9309 has them: none if there is no file, no visit if it cannot be had."""
        from protego import Protego

        url = target.copy_with(raw_path=b"/robots.txt", fragment=None)
        for _ in range(self._limits.max_redirects + 1):
            try:
                answer = self._get(url, deadline, _ROBOTS_BYTES)
            except Barred:
                raise
            except InputError as err:
                return _Rules(None, f"robots.txt cannot be had, so the host is not read: {err}")
            if answer.status in _REDIRECTS and answer.location:
                url = _parsed(urljoin(str(url), answer.location))
                continue
            if answer.status == 200:
                return _Rules(Protego.parse(answer.body.decode("utf-8", "replace")))
            if answer.status >= 500:
                return _Rules(
                    None, f"robots.txt of {target.host} answers {answer.status}, so it is not read now"
                )
            return _Rules(None)
        return _Rules(None)

    def _get(
        self, url: httpx.URL, deadline: float, most: int, headers: Mapping[str, str] = _NO_HEADERS
    ) -> _Answer:
        """One request, no redirect followed; the body is read up to ``most`` bytes after unpacking."""
        import httpx

        address = self._address(url)
        self._wait(url)
        request = self._opened().build_request(
            "GET",
            url.copy_with(host=address),
            headers={"Host": url.netloc.decode("ascii"), **headers},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            response = self._opened().send(request, stream=True, follow_redirects=False)
            try:
                body = self._body(response, url, deadline, most)
            finally:
                response.close()
        except httpx.TimeoutException:
            raise Unfetched(
                f"{url.host} did not answer within {self._limits.timeout:g} s; try later", later=True
            ) from None
        except (httpx.HTTPError, httpx.StreamError, ValueError) as err:
            told = " ".join(str(err).split()) or type(err).__name__
            raise Unfetched(f"{url} cannot be fetched ({told})", later=True) from None
        finally:
            self._visited[_host_key(url)] = self._clock()
        declared = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return _Answer(
            response.status_code,
            response.headers.get("location"),
            declared or None,
            response.charset_encoding,
            tuple(response.headers.multi_items()[:_HEADERS]),
            body,
        )

    def _body(self, response: httpx.Response, url: httpx.URL, deadline: float, most: int) -> bytes:
        if response.status_code in _REDIRECTS:
            return b""
        parts: list[bytes] = []
        size = 0
        # as it comes, so that a server that drips is seen to be too slow
        for part in response.iter_bytes():
            size += len(part)
            if size > most:
                raise InputError(f"{url} is over the limit of {most:,} bytes; save it and split it")
            if self._clock() > deadline:
                raise Unfetched(f"{url} took more than {self._limits.max_seconds:g} s; try later", later=True)
            parts.append(part)
        return b"".join(parts)

    def _wait(self, url: httpx.URL) -> None:
        host = _host_key(url)
        last = self._visited.get(host)
        if last is None:
            return
        rules = self._rules.get(host)
        asked = rules.robots.crawl_delay(self._agent) if rules and rules.robots else None
        rest = last + max(self._limits.delay, asked or 0.0) - self._clock()
        if rest > 0:
            self._sleep(rest)

    def _address(self, url: httpx.URL) -> str:
        """The address to connect to; raises InputError where the host has none that may be visited."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = self._resolve(url.raw_host.decode("ascii"), port)
        except (OSError, UnicodeError):
            raise Unfetched(
                f"the host {url.host} is not known; check the address and the connection", later=True
            ) from None
        allowed = self._limits.allow_private or _host_key(url) in self._homes
        if not allowed and any(self._barred(address) for address in addresses):
            raise Barred(f"{url.host} is an address of a private network or of this machine; it is not read")
        return addresses[0]

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import httpx

            self._client = httpx.Client(
                timeout=self._limits.timeout,
                trust_env=False,
                headers={"User-Agent": self._agent, "Accept": "text/html, application/pdf, */*;q=0.5"},
            )
        return self._client


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves its name. Raises OSError."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("saydo")
    except PackageNotFoundError:
        return "0"


def _parsed(url: str) -> httpx.URL:
    import httpx

    try:
        target = httpx.URL(url)
        target.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as err:
        raise InputError(f"is no address that can be read ({err})") from None
    if target.scheme not in ("http", "https"):
        raise InputError(f"only http and https addresses are fetched, not {target.scheme or 'none'}")
    if not target.host:
        raise InputError("the address names no host")
    if target.userinfo:
        raise InputError(
            "the address holds a user name or password; save the page yourself and give the file"
        )
    return target


def check_address(url: str) -> str:
    """The address as it will be fetched, after all that can be told without asking the network. Raises
    InputError for another scheme than http and https, for a user name in it, and for this machine's names and
    private addresses; a name that leads to one is refused when it is fetched."""
    target = _parsed(url.strip())
    host = target.host.rstrip(".").lower()
    try:
        private = is_private(socket.inet_ntoa(socket.inet_aton(host)) if ":" not in host else host)
    except (OSError, ValueError):  # a name
        private = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    if private:
        raise InputError(
            f"{target.host} is an address of a private network or of this machine; it is not read"
        )
    return str(target)


def host_of(url: str) -> str:
    """The host of an address with scheme and port, as ``http://name:port``. Raises InputError."""
    return _host_key(_parsed(url))


def _host_key(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def is_private(address: str) -> bool:
    """Whether an address, or the IPv4 address wrapped in it, is anything but a public one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return not inner.is_global or inner.is_multicast
        if ip not in _UNICAST:
            return True
    return not ip.is_global or ip.is_multicast
