"""Foreign names by their sound: 장쑤 and Jiangsu, 시스코 and Cisco have the same consonants.

Vowels say little in either script, and Korean spelling keeps the order of consonants, so a name is
folded to its consonants in nine classes. It is a hint among others and never a proof.
"""

import re
from collections.abc import Iterator

_INITIALS = (
    "k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h",
)  # fmt: skip
_FINALS = [
    "", "k", "k", "ks", "n", "nc", "nh", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp", "lh", "m",
    "p", "ps", "s", "s", "n", "c", "c", "k", "t", "p", "h",
]  # fmt: skip
_LATIN = (
    ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("th", "t"), ("ph", "p"), ("gh", "k"),
    ("ck", "k"), ("ng", "n"), ("qu", "k"), ("zh", "c"), ("ts", "c"), ("x", "ks"),
)  # fmt: skip
_SINGLE = str.maketrans("bcdfgjklmnpqrstvz", "pktpkcklmnpklstpc", "aeiouhwy")
_SOFT = re.compile(r"c(?=[eiy])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_SILENT_R = re.compile(r"r(?![aeiouy])")
_REPEATED = re.compile(r"(.)\1+")  # 셀로 has two l where Latin has one
_SHORTEST = 4
_HANGUL = re.compile(r"[가-힣]{2,}")
_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")


def of_korean(text: str) -> frozenset[str]:
    """Sounds of everything in a Korean text that might be a name: beginnings of its words."""
    found = set[str]()
    for word in set(_HANGUL.findall(text)):
        sound = ""
        for syllable in word[:7]:
            sound = _REPEATED.sub(r"\1", sound + _syllable(syllable))
            if len(sound) >= _SHORTEST:
                found.add(sound)
    return frozenset(found)


def of_latin(text: str) -> dict[str, str]:
    """Each sound of a capitalised word in a text, with the word."""
    return {sound: word for word in set(_WORD.findall(text)) for sound in _sounds(word)}


def _sounds(word: str) -> Iterator[str]:
    lowered = _SOFT_G.sub("j", _SOFT.sub("s", word.lower()))
    # An r before a consonant is heard by some ears only: 버지니아, but 바르셀로나.
    for spelled in {lowered, _SILENT_R.sub("", lowered)}:
        sound = spelled
        for letters, class_ in _LATIN:
            sound = sound.replace(letters, class_.upper())
        folded = _REPEATED.sub(r"\1", sound.translate(_SINGLE).lower())
        if len(folded) >= _SHORTEST:
            yield folded


def _syllable(syllable: str) -> str:
    code = ord(syllable) - 0xAC00
    return _INITIALS[code // 588] + _FINALS[code % 28]
