"""Addresses as feeds and pages write them: resolved, harmless, and comparable."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id", re.I)
_LONGEST = 2000


def resolved(written: str, base: str = "") -> str:
    """The absolute web address meant, or nothing if it is none (javascript:, mailto:, broken)."""
    written = "".join(written.split())
    if not written or len(written) > _LONGEST:
        return ""
    try:
        address = urljoin(base, written)
        parts = urlsplit(address)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, *urlsplit(address)[1:])) if safe else ""


def canonical(address: str) -> str:
    """The address without what changes nothing: fragment, tracking, default port, upper-case host.

    The query stays in its order, for some boards read it by position.
    """
    if not address:
        return ""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if port := _port(address):
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(_TRACKING.fullmatch(name) for name, _ in pairs):
        query = urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def _port(address: str) -> int | None:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        return None
    return None if port == {"http": 80, "https": 443}[parts.scheme] else port
