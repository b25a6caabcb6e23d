"""How the register meets the open internet: who asks, how often, and what a cache may keep."""

import base64
import fcntl
import hashlib
import ipaddress
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from gyoryu.register.rolls.canonical import digest

WINDOW = 60  # seconds
SHORT = 300  # seconds a cache may keep a page or a file without asking again


# Counts stand in a file of so many groups of slots; an address has its place in one group.
GROUPS, GROUP = 16_384, 4
SLOT = struct.Struct("<QII")  # whose (a keyed hash), since when (s), how many


class Limit:
    """How often one address may ask in a minute, counted by all web processes of this machine.

    In a file of one megabyte in the data folder and not in the database: a page that any cache may
    keep must not cost a turn in the queue of writers. A request locks one group of slots, reads and
    writes its 64 bytes, however many ask. An address is kept as a keyed hash. Where a group is full
    of others, the one who began longest ago is forgotten.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: tuple[Path, int] | None = None
        # Counts of this process alone, for a data folder that takes no file.
        self._own = bytearray()

    def ask(self, address: str, now: float, cost: int = 1) -> int:
        """Count a request; return how many seconds to wait when it is one too many, else 0.

        ``now`` is the machine's clock that never goes back (``time.monotonic``), in seconds.
        """
        most = settings.REGISTER_READS
        if not most:
            return 0
        key = settings.SECRET_KEY.encode()[:64]
        hashed = hashlib.blake2b(address.encode(), key=key, digest_size=16).digest()
        whose = int.from_bytes(hashed[:8], "little") or 1
        start = int.from_bytes(hashed[8:], "little") % GROUPS * GROUP * SLOT.size
        with self._lock, self._group(start) as group:
            slots = list(SLOT.iter_unpack(bytes(group)))
            place = _place(slots, whose, int(now))
            _whose, begun, count = slots[place]
            count = min(count + cost, most + 1)
            SLOT.pack_into(group, place * SLOT.size, whose, begun, count)
        return max(1, begun + WINDOW - int(now)) if count > most else 0

    @contextmanager
    def _group(self, start: int) -> Iterator[bytearray]:
        """Hold a group of slots: nobody else counts in it meanwhile; what is changed is kept."""
        size = GROUP * SLOT.size
        file = self._file()
        if file is None:
            self._own = self._own or bytearray(GROUPS * size)
            group = self._own[start : start + size]
            yield group
            self._own[start : start + size] = group
            return
        fcntl.lockf(file, fcntl.LOCK_EX, size, start)
        try:
            group = bytearray(os.pread(file, size, start).ljust(size, b"\0"))
            yield group
            os.pwrite(file, group, start)
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN, size, start)

    def _file(self) -> int | None:
        place = Path(settings.DATA) / "register-reads"
        if self._open is None or self._open[0] != place:
            try:
                self._open = place, os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return None
        return self._open[1]


def _place(slots: list[tuple[int, int, int]], whose: int, now: int) -> int:
    """Return where an address counts; a place whose minute is over begins anew.

    A time that lies ahead was written before the machine was started again.
    """
    for place, (own, begun, _count) in enumerate(slots):
        if own == whose:
            if not begun <= now < begun + WINDOW:
                slots[place] = (whose, now, 0)
            return place
    oldest = min(range(len(slots)), key=lambda place: _age(slots[place], now))
    slots[oldest] = (whose, now, 0)
    return oldest


def _age(slot: tuple[int, int, int], now: int) -> int:
    own, begun, _count = slot
    return begun if own and begun <= now else -1


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
