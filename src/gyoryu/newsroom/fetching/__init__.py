"""Visits to press offices: polite, bounded, and never into the inner network."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import httpcore
import httpx

from gyoryu.newsroom.fetching import hosts
from gyoryu.newsroom.fetching.robots import MOST as MOST_ROBOTS
from gyoryu.newsroom.fetching.robots import Robots
from gyoryu.newsroom.fetching.values import Fetched, Hop, Limits, Unreachable
from gyoryu.newsroom.fetching.visits import is_success, next_visit, retry_after
from gyoryu.newsroom.fetching.wire import Deadline, Transport, is_untrusted, unpacked
from gyoryu.newsroom.text import encoding

__all__ = [
    "Fetched",
    "Hop",
    "Limits",
    "Robots",
    "Unreachable",
    "fetch",
    "is_success",
    "next_visit",
    "origin",
    "retry_after",
]

_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST = 2000


def fetch(
    address: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    now: datetime,
    allow_private: bool = False,
    limits: Limits | None = None,
    robots: Mapping[str, Robots] | None = None,
) -> Fetched:
    """Visit an address and bring what it says, or raise Unreachable.

    `etag` and `modified` are those of the last answer: an unchanged page is a 304 without content.
    `robots` are rules already known, by origin; others are asked for and handed back.

    Codes: "bad-address" (host), "scheme" (scheme), "credentials", "private-address" (host,
    address), "closed-port" (host, port), "no-such-host" (host), "no-connection" (host), "untrusted"
    (host; its certificate), "too-slow", "too-large" (limit), "too-many-redirects" (limit),
    "robots" (address), "robots-unavailable" (host), "packed-oddly" (coding), "cut-short".
    """
    limits = limits or Limits()
    transport = Transport(limits, Deadline(limits), allow_private=allow_private)
    # No proxy, cookie jar or netrc of the machine: the environment must not widen what is reached.
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        visit = _Visit(client, limits, now, dict(robots or {}))
        return visit.follow(checked(address), _conditions(etag, modified))


def origin(address: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def checked(address: str) -> str:
    """The address in its plain form, if it is one that may be visited at all."""
    try:
        url = httpx.URL(address.strip())
        parts = urlsplit(str(url))
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError) as broken:
        raise Unreachable("bad-address", host=address[:100]) from broken
    if url.scheme not in ("http", "https"):
        raise Unreachable("scheme", scheme=url.scheme[:40])
    if url.userinfo or "@" in parts.netloc:
        raise Unreachable("credentials")
    if hosts.is_odd(host) or len(address) > _LONGEST or not 0 < (url.port or 80) < 65536:
        raise Unreachable("bad-address", host=host[:100])
    return str(url.copy_with(fragment=None))


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    told = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in told.items() if value and _is_header(value)}


def _is_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) < _LONGEST


class _Visit:
    """One visit with its redirects: they share a deadline and the rules that were met."""

    def __init__(
        self, client: httpx.Client, limits: Limits, now: datetime, robots: dict[str, Robots]
    ) -> None:
        self._client = client
        self._limits = limits
        self._now = now
        self._robots = robots

    def follow(self, address: str, conditions: dict[str, str], *, asks: bool = True) -> Fetched:
        """Follow redirects by hand; each address is checked, and asked about when `asks`."""
        asked, hops = address, list[Hop]()
        while True:
            if asks:
                self._ask(address)
            answer, to = self._get(address, conditions, is_page=asks)
            if not to:
                return replace(answer, asked=asked, hops=tuple(hops), robots=self._robots)
            if len(hops) == self._limits.redirects:
                raise Unreachable("too-many-redirects", limit=self._limits.redirects)
            hops.append(Hop(address, answer.status, to))
            address = to

    def _ask(self, address: str) -> None:
        place = origin(address)
        if place not in self._robots:
            self._robots[place] = self._rules(place)
        if not self._robots[place].permits(address, self._limits.agent):
            raise Unreachable("robots", address=address)

    def _rules(self, place: str) -> Robots:
        try:
            answer = self.follow(f"{place}/robots.txt", {}, asks=False)
        except Unreachable as refusal:
            if refusal.code != "too-many-redirects":
                raise
            return Robots()  # RFC 9309: rules that lead nowhere are no rules
        if answer.status >= 500:
            # RFC 9309: rules that cannot be read forbid everything until they can.
            raise Unreachable("robots-unavailable", host=place)
        return Robots(encoding.decode(answer.content).text if answer.status == 200 else "")

    def _get(
        self, address: str, conditions: dict[str, str], *, is_page: bool
    ) -> tuple[Fetched, str]:
        headers = {
            "User-Agent": self._limits.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            **conditions,
        }
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                return self._read(address, response, is_page)
        except (httpcore.TimeoutException, httpx.TimeoutException) as slow:
            raise Unreachable("too-slow") from slow
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError) as broken:
            code = "untrusted" if is_untrusted(broken) else "no-connection"
            raise Unreachable(code, host=httpx.URL(address).host) from broken

    def _read(self, address: str, response: httpx.Response, is_page: bool) -> tuple[Fetched, str]:
        headers = response.headers
        to = _led_to(address, response)
        content = b""
        if not to and response.is_success:
            coding = headers.get("content-encoding", "")
            most = self._limits.bytes if is_page else MOST_ROBOTS
            content = unpacked(response.iter_raw(), coding, most, cut=not is_page)
        answer = Fetched(
            asked=address,
            address=address,
            status=response.status_code,
            at=self._now,
            content=content,
            content_type=headers.get("content-type", ""),
            etag=headers.get("etag", ""),
            modified=headers.get("last-modified", ""),
            retry_after=retry_after(headers.get("retry-after", ""), self._now),
        )
        return answer, to


def _led_to(address: str, response: httpx.Response) -> str:
    written = response.headers.get("location", "")
    if response.status_code not in _REDIRECTS or not written:
        return ""
    try:
        to = httpx.URL(address).join(written)
    except (httpx.InvalidURL, ValueError) as broken:
        raise Unreachable("bad-address", host=written[:100]) from broken
    return checked(str(to))
