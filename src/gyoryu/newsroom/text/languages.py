"""Which language a text is written in, judged by its letters."""

import re

_LETTERS = {
    "ko": re.compile(r"[가-힣]"),
    "ja": re.compile(r"[ぁ-ヿ]"),
    "zh": re.compile(r"[一-鿿]"),
    "ru": re.compile(r"[Ѐ-ӿ]"),
    "en": re.compile(r"[A-Za-z]{2,}"),  # words, to weigh as much as the syllables beside them
}
_ENOUGH = 0.25  # Korean releases are full of Latin names, English ones hold a stray 김치


def of(text: str, declared: str = "") -> str:
    """The two-letter language of a text; what was declared decides only where letters do not."""
    sample = text[:4000]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _LETTERS.items()}
    total = sum(counts.values())
    told = declared.strip().lower().replace("_", "-").split("-")[0][:3]
    if not total:
        return told
    found = next(name for name, count in counts.items() if name == "en" or count > _ENOUGH * total)
    # Latin letters alone do not tell English from French.
    return told if found == "en" and told not in ("", *_LETTERS) else found
