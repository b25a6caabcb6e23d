"""How the register meets the open internet: who asks, how often, and what a cache may keep."""

import base64
import ipaddress
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from gyoryu.register.rolls.canonical import digest

WINDOW = 60  # seconds
MOST_ADDRESSES = 20_000
SHORT = 300  # seconds a cache may keep a page or a file without asking again


@dataclass
class Limit:
    """How often one address may ask in a minute, counted in this process.

    In memory, not in the database: a page that any cache may keep must not cost a write. With
    several web processes an address may ask each of them so often.
    """

    seen: dict[str, tuple[float, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, address: str, now: float, cost: int = 1) -> int:
        """Count a request; return how many seconds to wait when it is one too many, else 0.

        ``now`` is a clock that never goes back, in seconds.
        """
        most = settings.REGISTER_READS
        if not most:
            return 0
        with self.lock:
            begun, count = self.seen.get(address, (now, 0))
            if now - begun >= WINDOW:
                begun, count = now, 0
            self._make_room(now)
            self.seen[address] = (begun, min(count + cost, most + 1))
            return max(1, round(begun + WINDOW - now)) if count + cost > most else 0

    def _make_room(self, now: float) -> None:
        if len(self.seen) >= MOST_ADDRESSES:
            fresh = {who: kept for who, kept in self.seen.items() if now - kept[0] < WINDOW}
            # So many at once are no readers; whoever comes next begins anew.
            self.seen = fresh if len(fresh) < MOST_ADDRESSES else {}


LIMIT = Limit()


def address_of(request: HttpRequest) -> str:
    """Return the address of who asks, behind as many proxies as are trusted (GYORYU_PROXIES).

    An IPv6 reader has a whole network (/64) of addresses; it counts as one.
    """
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one]
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = passed[-trusted] if trusted and len(passed) >= trusted else ""
    text = told or str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


@dataclass(frozen=True)
class Kept:
    """How a cache may keep an answer: since when it is so, and for how long."""

    made: datetime | None
    numbered: bool = False

    @property
    def control(self) -> str:
        """The Cache-Control header: a version may be withdrawn, so no cache keeps it unasked."""
        if self.numbered:
            return f"public, max-age={SHORT}, must-revalidate"
        return f"public, max-age={SHORT}"


def not_modified(request: HttpRequest, tag: str, kept: Kept) -> HttpResponse | None:
    """Return 304 when the reader has this very file, before it is written again."""
    bare = _marked(HttpResponse(), tag, kept)
    answer = get_conditional_response(request, etag=quote_etag(tag), response=bare)
    if answer is None or answer is bare or answer.status_code != 304:
        return None
    return _marked(answer, tag, kept)


def answer(request: HttpRequest, content: bytes, kind: str, kept: Kept) -> HttpResponse:
    """Return content that any cache may keep; 304 when the reader has it already."""
    tag = digest(content)
    made = _marked(HttpResponse(content, content_type=kind), tag, kept)
    last = int(kept.made.timestamp()) if kept.made else None
    found = get_conditional_response(
        request, etag=quote_etag(tag), last_modified=last, response=made
    )
    return _marked(found or made, tag, kept)


def _marked(reply: HttpResponse, tag: str, kept: Kept) -> HttpResponse:
    reply["ETag"] = quote_etag(tag)
    reply["Cache-Control"] = kept.control
    if kept.made:
        reply["Last-Modified"] = http_date(kept.made.timestamp())
    return reply


def as_file(reply: Any, name: str, tag: str, *, saved: bool) -> HttpResponse:
    """Name a file, say its SHA-256 (RFC 9530), and open it to every other site's scripts."""
    reply["Content-Disposition"] = f'{"attachment" if saved else "inline"}; filename="{name}"'
    reply["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(tag)).decode()}:"
    reply["Access-Control-Allow-Origin"] = "*"
    reply["X-Content-Type-Options"] = "nosniff"
    named: HttpResponse = reply
    return named
