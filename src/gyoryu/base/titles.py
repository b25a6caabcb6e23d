"""Titles of office in two languages: 경기도지사 and Governor of Gyeonggi are one office."""

import re
import unicodedata

# Offices that one person at a time holds, and what they are called; longer words come first.
OFFICES = {
    "governor": ("도지사", "주지사", "현지사", "지사", "성장", "governor"),
    "mayor": ("시장", "lord mayor", "mayor"),
    "county": ("군수", "county mayor", "county governor"),
    "district": ("구청장", "district mayor"),
    "premier": ("주총리", "총리", "prime minister", "premier"),
    "president": ("대통령", "president of the republic"),
    "ambassador": ("대사", "ambassador"),
    "consul": ("총영사", "consul general", "consul-general"),
    "secretary": ("당서기", "서기", "party secretary"),
    "speaker": ("의장", "speaker"),
}
# Beside these words an office is another one, held by several or not held any more.
_LESSER = re.compile(
    r"부(?=지사|시장|군수|구청장|성장|총리|의장|서기)|전\s|\b(?:vice|deputy|acting|assistant|former|ex|lieutenant|lt)\b"
)


def office(title: str) -> str:
    """Return the office a title names, or its folded words when it is none that is known."""
    text = " ".join(unicodedata.normalize("NFKC", title).casefold().split())
    if not _LESSER.search(text):
        for name, words in OFFICES.items():
            if any(_names(text, word) for word in words):
                return name
    return re.sub(r"[\W_]+", "", text)


def exclusive(title: str) -> bool:
    """Tell whether one person at a time holds this office."""
    return office(title) in OFFICES


def _names(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"\b{word}\b", text) is not None
    # A Korean title ends with the office: 경기도지사. What follows makes it another (시장실장).
    return text.endswith(word)
