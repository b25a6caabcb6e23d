"""How a bank account's number is kept: encrypted for its own row, with a mark to tell it again.

AES-GCM under a key of the deployment; the row it belongs to is sealed in with it, so that a number
moved to another row does not open. Plain Python: keys are given.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def seal(text: str, place: str, key: str) -> bytes:
    """Encrypt a text for one place, such as ``programmes.bankaccount/secret/7``."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_own(key)).encrypt(nonce, text.encode(), place.encode())


def opened(sealed: bytes, place: str, keys: Iterable[str]) -> str:
    """Decrypt with the first key that opens it; ``ValueError`` when it is not of this place."""
    nonce, rest = sealed[:NONCE], sealed[NONCE:]
    for key in keys:
        try:
            return AESGCM(_own(key)).decrypt(nonce, rest, place.encode()).decode()
        except InvalidTag:
            continue
    raise ValueError("sealed for another place, or under a key that is gone")


def mark(bank: str, number: str, key: str) -> str:
    """Return a keyed digest by which the same account is told again without opening it."""
    said = f"{bank}|{number}".encode()
    return hmac.new(b"bank account" + key.encode(), said, hashlib.sha256).hexdigest()


def _own(key: str) -> bytes:
    return hashlib.sha256(b"bank account" + key.encode()).digest()
