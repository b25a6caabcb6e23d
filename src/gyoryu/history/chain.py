"""The arithmetic of the chain: what an entry says, its digest, a seal's digest. Plain Python."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

START = "0" * 64
# Ids in one seal; a list that claims more was not written by us and must not fill the memory.
MOST = 50_000
CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def entry_digest(said: dict[str, Any], key: str) -> str:
    """Return the HMAC-SHA-256 of what an entry says, in canonical JSON, under the history key."""
    return hmac.digest(key.encode(), CANONICAL.encode(said).encode(), "sha256").hex()


def seal_digest(previous: str, number: int, ids: str, digests: Iterable[str], key: str) -> str:
    """Return the HMAC of a seal: it covers the seal before it and every entry in it."""
    covered = hmac.new(key.encode(), f"{previous}|{number}|{ids}".encode(), hashlib.sha256)
    for digest in digests:
        covered.update(digest.encode())
    return covered.hexdigest()


def head_proof(number: int, digest: str, key: str) -> str:
    """Return the HMAC that shows the head was written by somebody who holds the key."""
    return hmac.new(key.encode(), f"head|{number}|{digest}".encode(), hashlib.sha256).hexdigest()


def pack(ids: list[int]) -> str:
    """Write sorted ids in ranges: [1, 2, 3, 8] is "1-3,8"."""
    ranges: list[list[int]] = []
    for number in ids:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def unpack(text: str) -> list[int]:
    """Read ranges back into ids; ``ValueError`` when ``pack`` did not write them, or too many."""
    ids: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        if len(ids) + len(numbers) > MOST:
            raise ValueError(f"more than {MOST} ids in one seal")
        ids.extend(numbers)
    return ids
