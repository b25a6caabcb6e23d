"""One way to write a value as JSON, so that the same value always has the same SHA-256."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Write a value as JSON with sorted keys, no blanks and its letters as they are (UTF-8)."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of a file, or of a text's UTF-8 bytes, in hexadecimal."""
    written = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(written).hexdigest()
