"""The connection itself: to checked addresses only, within a deadline, unpacked with care.

Names are resolved here, at the moment of connecting, every address is checked, and the connection
goes to a checked one: no second look-up in between could answer differently.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

from gyoryu.newsroom.fetching import hosts
from gyoryu.newsroom.fetching.values import Clock, Limits, Unreachable

_OPEN_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024
_MOST_TRIED = 3


class Deadline:
    """What is left of the time for a visit; measured, never read from the calendar."""

    def __init__(self, limits: Limits, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._idle = limits.idle_seconds
        self._ends = clock() + limits.seconds

    def left(self) -> float:
        """Seconds for the next piece; raises when none are left."""
        left = self._ends - self._clock()
        if left <= 0:
            raise Unreachable("too-slow")
        return min(left, self._idle)


class _Stream(httpcore.NetworkStream):
    """A connection of which each step is held to the deadline, one byte at a time if need be."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, limits: Limits, deadline: Deadline, allow_private: bool) -> None:
        self._limits = limits
        self._deadline = deadline
        self._allow_private = allow_private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self._checked(host, port)[:_MOST_TRIED]:
            try:
                left = self._deadline.left()
                return _Stream(self._plain.connect_tcp(address, port, timeout=left), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                failed = refused
        raise failed or Unreachable("no-such-host", host=host)

    def _checked(self, host: str, port: int) -> list[str]:
        if hosts.is_odd(host):
            raise Unreachable("bad-address", host=host)
        try:
            addresses = list(self._limits.resolve(host, port))
        except (OSError, UnicodeError) as unknown:
            raise Unreachable("no-such-host", host=host) from unknown
        if not self._allow_private:
            self._refuse_private(host, port, addresses)
        return addresses

    def _refuse_private(self, host: str, port: int, addresses: list[str]) -> None:
        if port < _FIRST_FREE_PORT and port not in _OPEN_PORTS:
            raise Unreachable("closed-port", host=host, port=port)
        for address in addresses:
            if not hosts.is_public(address):
                raise Unreachable("private-address", host=host, address=address)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """An httpx transport over checked connections."""

    def __init__(self, limits: Limits, deadline: Deadline, *, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(),
            network_backend=_Backend(limits, deadline, allow_private),
            keepalive_expiry=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and hand back its answer, the body still unread."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def is_untrusted(broken: BaseException) -> bool:
    """Whether a connection failed because the certificate of the host is not to be trusted."""
    cause: BaseException | None = broken
    while cause is not None:
        if any(isinstance(one, ssl.SSLCertVerificationError) for one in (cause, *cause.args)):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def unpacked(pieces: Iterable[bytes], coding: str, most: int, *, cut: bool = False) -> bytes:
    """The whole content, refused (or cut) as soon as it passes `most` bytes, packed or unpacked."""
    unpack = _Unpacking(coding, most)
    content = bytearray()
    taken = 0
    for piece in pieces:
        taken += len(piece)
        content += unpack.more(piece, most + 1 - len(content))
        if max(taken, len(content)) > most:
            if cut:
                return bytes(content[:most])
            raise Unreachable("too-large", limit=most)
    unpack.finish()
    return bytes(content)


class _Unpacking:
    """gzip and deflate, a bounded piece at a time: one packed kilobyte can hold a megabyte."""

    def __init__(self, coding: str, most: int) -> None:
        self._coding = coding.strip().lower().removeprefix("x-")
        if self._coding not in ("", "identity", "gzip", "deflate"):
            raise Unreachable("packed-oddly", coding=coding[:40])
        self._plain = self._coding in ("", "identity")
        self._most = most
        self._packed: Any = None

    def more(self, piece: bytes, room: int) -> bytes:
        if self._plain or not piece:
            return piece
        if self._packed is None:
            self._packed = zlib.decompressobj(self._window(piece))
        try:
            return bytes(self._packed.decompress(piece, max(1, room)))
        except zlib.error as broken:
            raise Unreachable("packed-oddly", coding=self._coding) from broken

    def finish(self) -> None:
        if self._packed is not None and not self._packed.eof:
            raise Unreachable("cut-short")

    def _window(self, piece: bytes) -> int:
        if self._coding == "gzip":
            return 31
        # "deflate" should carry a zlib header; some servers send the bare stream.
        return 15 if piece[0] & 0x0F == 8 else -15
