"""Bytes become text.

What a server declares is a hint, not a fact: Korean sites send UTF-8 labelled EUC-KR and EUC-KR
labelled ISO-8859-1. So strict UTF-8 is believed first (Korean EUC-KR is practically never valid
UTF-8), then what was declared, then CP949, and last the reading that loses the fewest letters.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# EUC-KR pages hold CP949 syllables (똠, 펲) whatever they declare: the superset is always meant.
_MEANT = {"euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_KOREAN_NAMES = {"ks_c_5601-1987", "ksc5601", "ks_c_5601", "x-windows-949", "ms949", "uhc"}
# An allowlist, for Python also calls punycode, zlib and rot13 codecs, and some of them never end.
_KNOWN = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|cp\d{3,4}|iso8859-\d+|ascii|koi8-[ru]|mac-\w+|johab|gb18030|big5"
    r"|euc_(kr|jp)|iso2022_(kr|jp)|shift_jis|gb2312|gbk"
)
_IN_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})""")
_IN_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})""", re.I
)
_ESCAPED = re.compile(rb"\x1b\$\)C")
_HEAD = 4096


@dataclass(frozen=True)
class Decoded:
    """The text, the codec that gave it, and how many letters were lost on the way."""

    text: str
    encoding: str
    lost: int = 0


def decode(raw: bytes, content_type: str = "") -> Decoded:
    """Read bytes as text; never fails, but counts what it could not read."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _forgiving(raw[len(mark) :], encoding)
    return _escaped_korean(raw) or _strict(raw, content_type) or _fewest_lost(raw)


def charset_of(content_type: str) -> str:
    """The charset named by a Content-Type header, or nothing."""
    message = Message()
    message["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    return str(message.get_param("charset", "") or "")


def _escaped_korean(raw: bytes) -> Decoded | None:
    # ISO-2022-KR is plain ASCII to the eye, so it would pass as UTF-8.
    if _ESCAPED.search(raw, 0, _HEAD):
        return _try(raw, "iso2022_kr")
    return None


def _strict(raw: bytes, content_type: str) -> Decoded | None:
    if wide := _unmarked_wide(raw):
        return _try(raw, wide)
    for encoding in _candidates(raw, content_type):
        if decoded := _try(raw, encoding):
            return decoded
    return None


def _candidates(raw: bytes, content_type: str) -> Iterator[str]:
    yield "utf-8"
    for name in _declared(raw, content_type):
        encoding = _codec(name)
        # A single-byte codec reads anything, Korean included: let Korean have the first try.
        if encoding.startswith(("cp12", "iso8859", "cp437", "mac")):
            if _looks_korean(raw):
                yield "cp949"
        if encoding:
            yield encoding
    yield "cp949"


def _declared(raw: bytes, content_type: str) -> Iterator[str]:
    yield charset_of(content_type)
    for pattern in (_IN_XML, _IN_META):
        if found := pattern.search(raw, 0, _HEAD):
            yield found[1].decode("ascii")


def _codec(name: str) -> str:
    if name.lower() in _KOREAN_NAMES:
        return "cp949"
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found) if _KNOWN.fullmatch(found) else ""


def _looks_korean(raw: bytes) -> bool:
    foreign: list[str] = re.findall(r"[^\x00-\x7f]", raw[:65536].decode("cp949", "replace"))
    syllables = sum("가" <= letter <= "힣" for letter in foreign)
    return syllables > 0.7 * len(foreign)


def _unmarked_wide(raw: bytes) -> str:
    head = raw[:_HEAD]
    if len(head) < 4 or head.count(0) * 4 < len(head):
        return ""
    return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _try(raw: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _forgiving(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _fewest_lost(raw: bytes) -> Decoded:
    return min((_forgiving(raw, "utf-8"), _forgiving(raw, "cp949")), key=lambda one: one.lost)
