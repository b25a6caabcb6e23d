"""Names in two scripts: how a name is folded, so that its spellings meet.

"Dong Yeon Kim", "Kim Dong-yeon" and "김동연" give one key; "(주)가온텍" and "Gaontek Co., Ltd."
lose what every company's name has. Hangul is written in letters by the Revised Romanization of
Korean (Ministry of Culture and Tourism notice 2000-8), syllable by syllable, then spellings that
people really use (Lee, Park, Choi, yeon/yun, oo/u) are folded onto one.
"""

import re
import unicodedata

_INITIALS = [
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "",
    "k",
    "k",
    "ks",
    "n",
    "nj",
    "nh",
    "t",
    "l",
    "lk",
    "lm",
    "lb",
    "ls",
    "lt",
    "lp",
    "lh",
    "m",
    "p",
    "ps",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_LATIN = re.compile(r"[a-z]+")
_COMPANY = re.compile(
    r"\(주\)|㈜|주식회사|유한회사|\(유\)|\(사\)|사단법인|재단법인|\(재\)"
    r"|\b(?:co|corp|corporation|company|inc|incorporated|ltd|limited|llc|gmbh|plc|pte|pty|jsc|sa|ag|bv)\b\.?",
    re.IGNORECASE,
)
# Spellings of one sound, longest first; both sides of a comparison are folded alike.
_SPELLINGS = [
    ("leey", "i"), ("yeo", "yo"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("ck", "k"), ("kh", "k"), ("wu", "u"),
    ("yu", "u"), ("g", "k"), ("d", "t"), ("b", "p"), ("j", "c"), ("ch", "c"), ("r", "l"), ("ll", "l"), ("sh", "s"),
]  # fmt: skip
# Family names whose common spelling is not the romanised one (National Institute of Korean Language surveys).
_FAMILIES = {
    "lee": "i", "yi": "i", "rhee": "i", "ri": "i", "park": "bak", "pak": "bak", "choi": "choe", "jung": "jeong", "chung": "jeong",
    "kang": "gang", "cho": "jo", "yoon": "yun", "lim": "im", "rim": "im", "oh": "o", "shin": "sin", "seo": "seo", "suh": "seo",
    "kwon": "gwon", "hwang": "hwang", "ahn": "an", "ryu": "yu", "yoo": "yu", "you": "yu", "moon": "mun", "bae": "bae", "pae": "bae",
    "noh": "no", "roh": "no", "woo": "u", "koo": "gu", "ku": "gu", "min": "min", "baek": "baek", "paik": "baek", "kim": "gim",
}  # fmt: skip


def nfc(text: str) -> str:
    """Compose Hangul and accents (NFC) and fold all white space to single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def romanise(text: str) -> str:
    """Write Hangul syllables in letters, one word a syllable; leave everything else as it is."""
    return " ".join("".join(_syllable(char) for char in text).split())


def _syllable(char: str) -> str:
    code = ord(char) - 0xAC00
    if not 0 <= code < 11172:
        return char
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    return f" {_INITIALS[initial]}{_VOWELS[vowel]}{_FINALS[final]} "


def person_key(name: str) -> str:
    """Return a key that the spellings and orders of one person's name share.

    The letters' syllables are sorted, so that family name first and last are one.
    """
    parts = _letters(romanise(nfc(name)))
    parts = [_FAMILIES.get(part, part) for part in parts]
    return "".join(sorted(_spelling("".join(parts))))


def organisation_key(name: str) -> str:
    """Return a key without company forms, punctuation, blanks and case; Hangul stays Hangul."""
    bare = _COMPANY.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[^0-9a-z\uac00-\ud7a3\u3400-\u9fff\u00df-\u024f\u0400-\u04ff]+", "", bare)


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings may be one person's name."""
    return bool(person_key(one)) and person_key(one) == person_key(other)


def _letters(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return _LATIN.findall("".join(c for c in bare if not unicodedata.combining(c)))


def _spelling(text: str) -> str:
    for written, folded in _SPELLINGS:
        text = text.replace(written, folded)
    return text
