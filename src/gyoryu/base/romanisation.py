"""Hangul in letters: the official romanisation, and the other spellings people really use.

The Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8) writes a name
syllable by syllable, without the changes of sound between syllables (its chapter 3, item 4).
People spell their own names otherwise (Young-soo for Yeongsu), so there are two more tools here:
``fold`` brings every usual spelling of a sound onto one, coarsely, for looking up; ``spellings``
says exactly which spellings a Hangul syllable may have, for deciding.
"""

import re
from functools import lru_cache

_INITIALS = re.split(" ", "g kk n d tt r m b pp s ss  j jj ch k t p h")
_VOWELS = re.split(" ", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINALS = re.split(" ", " k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
_HANGUL, _SYLLABLES = 0xAC00, 11172

# How each letter of Hangul is spelled by people, the official letters first.
_INITIAL_SPELLINGS = {
    "g": "g|kh|k", "kk": "kk|gg|k|g", "d": "d|t", "tt": "tt|dd|t|d", "r": "rh|r|l", "b": "b|p",
    "pp": "pp|bb|p|b", "s": "sh|s", "ss": "ss|sh|s", "j": "j|ch|z", "jj": "jj|j|ch",
    "ch": "tch|ch", "h": "h",
}  # fmt: skip
_VOWEL_SPELLINGS = {
    "a": "ah|a", "ae": "ae|ai|ay|ea|e", "ya": "yah|ya", "yae": "yae|ye", "eo": "eo|uh|u|ou|o",
    "e": "eh|e|ae", "yeo": "yeo|yuh|you|yeu|yu|yo", "ye": "ye|yea|yae", "o": "oh|o", "wa": "wa",
    "wae": "wae|wai|we", "oe": "oe|oi|oy|we", "yo": "yoh|yo", "u": "wu|woo|oo|ou|u",
    "wo": "weo|wo", "we": "we", "wi": "wi|wee", "yu": "yu|yoo|you", "eu": "eu|u",
    "ui": "eui|ui|ee|i", "i": "ih|i|ee|yi",
}  # fmt: skip
_FINAL_SPELLINGS = {"k": "k|g|ck", "t": "t|d", "l": "l|ll", "p": "p|b"}

# One sound, one spelling; applied in this order. Both sides of a comparison are folded alike, so
# what matters is only that the usual spellings of one syllable meet.
_FOLDS = [
    (re.compile(pattern), folded)
    for pattern, folded in [
        (r"(?<=[aeiou])h(?![aeiouyw])", ""),  # Ahn, Oh, Suh
        (r"wh", "hw"), (r"tch", "ch"), (r"sh", "s"), (r"ck", "k"), (r"kh(?=[aeiouyw])", "k"),
        (r"rh", "r"), (r"eui", "i"), (r"oo|ou", "u"), (r"ee", "i"), (r"yeo", "yo"), (r"weo", "wo"),
        (r"eo", "o"), (r"eu", "u"), (r"wu", "u"), (r"ui|yi", "i"), (r"ae|ai|ay(?![aeiou])|ea", "e"),
        (r"(?<!y)o(?:e|i|y(?![aeiou]))", "we"), (r"u", "o"), (r"g", "k"), (r"d", "t"), (r"b", "p"),
        (r"ch|[jz]", "c"), (r"r", "l"), (r"([^aeio])\1+", r"\1"),
    ]
]  # fmt: skip
# What a folded Korean given name looks like: one to three syllables.
_KOREAN = re.compile(r"(?:[ktpcslnmh]?[wy]?[aeio](?:nk|[kntlmp])?){1,3}")


def is_hangul(text: str) -> bool:
    """Tell whether a text is Hangul syllables and nothing else."""
    return bool(text) and all(0 <= ord(char) - _HANGUL < _SYLLABLES for char in text)


@lru_cache(maxsize=4096)
def letters(char: str) -> tuple[str, str, str] | None:
    """Return a syllable's initial, vowel and final in letters; none when it is not Hangul."""
    code = ord(char) - _HANGUL
    if not 0 <= code < _SYLLABLES:
        return None
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial], _VOWELS[vowel], _FINALS[final]


def romanise(text: str) -> str:
    """Write Hangul syllables in letters, one word a syllable; leave everything else as it is."""
    parts = [letters(char) for char in text]
    written = (
        f" {''.join(part)} " if part else char for part, char in zip(parts, text, strict=True)
    )
    return " ".join("".join(written).split())


def joined(text: str) -> str:
    """Write Hangul in letters without blanks; other characters stay as they are."""
    return "".join("".join(letters(char) or char) for char in text)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Bring the usual spellings of the same Korean sounds onto one; takes lower-case letters.

    Coarse on purpose: yeong and yong, jun and chun fold alike. Compare with ``spelled`` after it.
    """
    for pattern, folded in _FOLDS:
        text = pattern.sub(folded, text)
    return text


def looks_korean(folded: str) -> bool:
    """Tell whether folded letters can be a Korean given name of one to three syllables."""
    return len(folded) <= 21 and bool(_KOREAN.fullmatch(folded))


def spelled(hangul: str, latin: str) -> bool:
    """Tell whether letters are one of the usual spellings of a word in Hangul."""
    return len(latin) <= 40 and bool(_pattern(hangul).fullmatch(latin.replace("wh", "hw")))


@lru_cache(maxsize=4096)
def _pattern(hangul: str) -> re.Pattern[str]:
    return re.compile("".join(_syllable(char) for char in hangul))


def _syllable(char: str) -> str:
    parts = letters(char)
    if parts is None:
        return re.escape(char)
    initial, vowel, final = parts
    return (
        f"(?:{_INITIAL_SPELLINGS.get(initial, initial)})"
        f"(?:{_VOWEL_SPELLINGS[vowel]})(?:{_FINAL_SPELLINGS.get(final, final)})"
    )
