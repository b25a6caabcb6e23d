"""Names in two scripts: how a name is folded into keys, so that its spellings meet.

A person's name in Hangul, in the official letters or in the bearer's own spelling, family name
first or last, with hyphens, commas and capitals, gives the same key: "김동연", "Dong Yeon Kim",
"KIM, Dongyeon". Keys are blind to the order of words, never to the order of syllables, so that
김동연 and 김연동 stay two. A name that can be read in two ways (Jung Min Kim, 황보라) has a key for
each. Keys are for looking up and are a little coarse; ``same_person`` decides.

What sound cannot tell is left to aliases: a foreign name written in Hangul does not meet its
Latin spelling (데이비드 이비, David Eby), nor do a Chinese name's three spellings (신창싱, Xin
Changxing, 信长星). The record holds each of them as a name, and each of them finds it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gyoryu.base import romanisation
from gyoryu.base.romanisation import romanise as romanise

LONGEST_KEY = 200
# Family names: the common ones of the 2015 census of Statistics Korea, and those of two syllables.
_FAMILIES = frozenset(
    "가갈감강견경계고공곽구국궁권금기길김나남노도라려로류리림마맹명모목문민박반방배백범변복봉부빈사상"
    "서석선설섭성소손송승신심안양량어엄여연염예오옥온왕용우원위유육윤은음이인임장전정제조종주지진차창"
    "채천초최추탁태판팽편평표피하한함허현형호홍황"
)
_DOUBLE_FAMILIES = frozenset(
    re.split(" ", "남궁 황보 제갈 선우 독고 사공 서문 동방 어금 망절 무본 강전 장곡 소봉")
)
# Spellings of family names that no rule gives (National Institute of Korean Language, 2009 survey).
_FAMILY_SPELLINGS = {
    "이": "lee|yi|rhee|rhie|ri|li|ree|i|ee|yee", "박": "park|pack|back|bahk|pahk",
    "임": "lim|rim|yim|leem|rhim", "노": "roh|rho|ro", "유": "ryu|ryoo|lyu|rhyu|ryou|rew",
    "나": "ra|la|rha|nah|rah", "양": "ryang|lyang", "허": "hur|her|huh|hu", "여": "ryeo|ryo|lyeo",
    "탁": "tark", "최": "chey|choy|choe|chwe", "육": "ryuk|yook|yuk", "구": "ku|koo|goo|kou",
    "조": "joe|cho|zo", "서": "suh|seo|so|su|surh", "석": "suk|seuk", "설": "sul|seol|sull",
    "윤": "youn|yune|yoon", "오": "oh|o|oe", "우": "woo|wu|u|oo", "전": "jhun|chun|jun|chon",
    "엄": "um|uhm|ohm|oum|eom", "백": "paik|baik|back|paek", "염": "yeom|youm|yum|yom",
    "태": "tae|tai|thae", "곽": "kwak|gwak|kwag", "원": "won|weon|wone", "황": "whang|hwang",
}  # fmt: skip
# The same family name as the two Koreas write and say it.
_INITIAL_LAW = {
    "리": "이", "림": "임", "로": "노", "류": "유", "라": "나", "량": "양", "려": "여", "륙": "육",
}  # fmt: skip
_FOLDED_FAMILIES = {
    "li": "i", "palk": "pak", "lim": "im", "lo": "no", "lyo": "yo", "la": "na", "lyank": "yank",
    "hol": "ho", "hel": "ho", "talk": "tak", "lyok": "yok", "che": "cwe", "sol": "sol", "lew": "yo",
}  # fmt: skip
_TITLES = frozenset(
    re.split(
        " ",
        "mr mrs ms dr prof professor governor mayor minister ambassador president hon honourable he"
        " hrh jr sr ii iii phd 님 씨 박사 교수 지사 도지사 시장 군수 구청장 장관 차관 대사"
        " 총영사 대표 회장 의원 의장 위원장",
    )
)
# Titles that are names as well: 반헤 is Ban He, 정혼 is Jeong Hon, and 何 is He.
_NAMES_TOO = frozenset({"he", "hon", "ii", "iii"})
_BREAKS = re.compile(r"[\s·•‧・/_.;:\"“”()\[\]（）]+")
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")
_PARENTHESIS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_COMPANY = re.compile(
    r"[(（]\s*(?:주|유|사|재|합)\s*[)）]|주식회사|유한책임회사|유한회사|합자회사|사단법인|재단법인|농업회사법인"
    r"|영농조합법인|股份有限公司|有限责任公司|有限公司|株式会社|有限会社"
    r"|\b(?:co|corp|corporation|company|inc|incorporated|ltd|limited|llc|llp|gmbh|plc|pte|pvt|pty|jsc|ojsc"
    r"|s\.?a|ag|bv|n\.?v|sdn|bhd|tbk|srl|s\.?p\.?a|k\.?k|the)\b\.?",
    re.IGNORECASE,
)
# Words that say what a government is, not which: without them the place's own name is left.
_OFFICE = re.compile(
    r"(?:인민정부|정부|자치정부|(?<=[도시군구현주성부])청)$|人民政府$|政府$|(?<=[都道府県市])庁$"
)
_RANK = re.compile(
    r"(?:특별자치도|특별자치시|특별시|광역시|직할시|자치구|자치주|성|도|시|주|현|군|구|부|省|市|州|県|府|都|道)$"
)
_RANKS = frozenset(
    re.split(
        " ",
        "province provincial state city municipal municipality metropolitan government people"
        " peoples s"
        " prefecture prefectural county of the special self governing autonomous region regional"
        " office hall oblast",
    )
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class _Reading:
    """A Korean name taken apart: Hangul or lower-case letters, the given name in its parts."""

    family: str
    given: tuple[str, ...]

    @property
    def keys(self) -> Iterator[str]:
        """The keys of this reading: folded as a whole, and part by part, where these differ."""
        family = _family_key(self.family)
        spelled = [part for word in self.given for part in (word if _hangul(word) else [word])]
        letters = [romanisation.joined(part) for part in spelled]
        yield f"{family} {romanisation.fold(''.join(letters))}"
        yield f"{family} {''.join(map(romanisation.fold, letters))}"


def nfc(text: str) -> str:
    """Compose Hangul and accents (NFC) and fold all white space to single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def person_keys(name: str) -> tuple[str, ...]:
    """Return the keys under which a person's name is looked up: one, rarely up to four.

    A spelling in brackets, as in 김동연(Kim Dong-yeon), has its keys too. No key: no letters.
    """
    keys: dict[str, None] = {}
    for text in _spellings(name):
        for key in _keys(text):
            keys[key[:LONGEST_KEY]] = None
    return tuple(keys)


def person_part(text: str) -> str:
    """Return what a single word is in the keys of people, to search by a part of a name.

    Empty when the word is too short to say anything, or when there are several words.
    """
    words = _words(nfc(text)[:LONGEST_KEY])
    if len(words) != 1 or not _letters_only(words[0][1]):
        return ""
    folded = romanisation.fold(romanisation.joined(_accentless(words[0][1]).replace("-", "")))
    return folded if len(folded) > 3 else ""


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings may be one person's name.

    Two names in Hangul must be written alike (이 and 리 count as one family name); letters must be
    a usual spelling of the Hangul; initials that are given must not differ.
    """
    return any(_same(a, b) for a in _spellings(one) for b in _spellings(other))


@lru_cache(maxsize=20_000)
def organisation_key(name: str) -> str:
    """Return a key without company forms, punctuation, blanks, accents and case; Hangul stays."""
    plain = _plain(name)
    bare = _squeezed(_COMPANY.sub(" ", plain).replace("&", " and "))
    return (bare or _squeezed(plain))[:LONGEST_KEY]


def organisation_words(name: str) -> str:
    """Return a key that is blind to the order of words, without "of" and "and".

    "University of Utah" and "Utah University" share it. Empty for a name of one word.
    """
    words = _WORD.findall(_COMPANY.sub(" ", _plain(name)))
    kept = sorted(word for word in words if word not in {"of", "and", "for", "in"})
    return " ".join(kept)[:LONGEST_KEY] if len(kept) > 1 else ""


def organisation_sound(name: str) -> str:
    """Return a key that a name in Hangul and the same name in letters share: 가온텍, Gaontek.

    Only a suspicion: names that merely sound alike share it too. Empty for short or other names.
    """
    key = organisation_key(name)
    written = romanisation.joined(key)
    if len(key) < 2 or len(written) < 5 or not (written.isascii() and written.isalpha()):
        return ""
    return romanisation.fold(written)


def place_of(name: str) -> str:
    """Return the place's own name in a government's: 경기도청, 경기도, Gyeonggi Province → one key.

    Empty when nothing in the name says that it is a government's. Only a suspicion, never equality:
    a province, its people's government and its office are different bodies.
    """
    plain = _plain(name)
    squeezed = _squeezed(plain)
    if not squeezed.isascii():
        without = _RANK.sub("", _OFFICE.sub("", squeezed))
        return _sounded(without) if 2 <= len(without) < len(squeezed) else ""
    words = _WORD.findall(plain)
    kept = [word for word in words if word not in _RANKS]
    return _sounded("".join(kept)) if kept and len(kept) < len(words) else ""


def place_key(name: str) -> str:
    """Return the key of a region's name: no accents, blanks, hyphens or case."""
    return _squeezed(_plain(name))[:LONGEST_KEY]


def _sounded(text: str) -> str:
    written = romanisation.joined(text)
    return romanisation.fold(written) if written.isascii() else text


def _spellings(name: str) -> list[str]:
    """Return a name's own text and each spelling that stands in brackets in it."""
    text = nfc(name)
    inner = _PARENTHESIS.findall(text)
    return [part for part in (_PARENTHESIS.sub(" ", text), *inner[:3]) if part.strip()]


def _same(one: str, other: str) -> bool:
    if not set(_keys(one)) & set(_keys(other)):
        return False
    ours, theirs = _readings(one), _readings(other)
    if ours or theirs:
        return any(_agree(a, b) for a in ours for b in theirs)
    mine, yours = _initials(one), _initials(other)
    return mine == yours or not mine or not yours


def _agree(one: _Reading, other: _Reading) -> bool:
    if not set(one.keys) & set(other.keys):
        return False
    families = _spelled_alike(_lawful(one.family), _lawful(other.family), family=True)
    return families and _spelled_alike("".join(one.given), "".join(other.given))


def _spelled_alike(one: str, other: str, *, family: bool = False) -> bool:
    if _hangul(one) == _hangul(other):
        return one == other or not _hangul(one)
    hangul, latin = (one, other) if _hangul(one) else (other, one)
    special = _FAMILY_SPELLINGS.get(hangul, "").split("|") if family else []
    return latin in special or romanisation.spelled(hangul, latin)


@lru_cache(maxsize=20_000)
def _keys(text: str) -> tuple[str, ...]:
    readings = _readings(text)
    if readings:
        return tuple(dict.fromkeys(key for reading in readings for key in reading.keys))
    return tuple(_plain_keys(text))


def _plain_keys(text: str) -> list[str]:
    """Return the keys of a name that is not Korean: its words in any order, initials aside."""
    words = [word for _raw, word in _words(text)]
    full = [word for word in words if len(word) > 1 or not word.isascii()]
    kept = full if len(full) > 1 else words
    if not kept:
        return []
    keys = [" ".join(sorted(_accentless(word) for word in kept))]
    if any(mark in word for word in kept for mark in "äöüø"):
        keys.append(" ".join(sorted(_accentless(_spelt_out(word)) for word in kept)))
    if len(kept) > 1 and not any(word.isascii() for word in kept):
        keys.append("".join(kept))
    return keys


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[_Reading, ...]:
    """Return the ways in which a name can be a Korean one."""
    words = _words(text)
    if len(words) == 1:
        return tuple(_hangul_readings(words[0][1]))
    if not 2 <= len(words) <= 5 or not all(_letters_only(word) for _raw, word in words):
        return ()
    return tuple(reading for reading in _split(text, words) if _is_korean(reading))


def _hangul_readings(word: str) -> Iterator[_Reading]:
    if not _hangul(word):
        return
    if word[:2] in _DOUBLE_FAMILIES and 3 <= len(word) <= 5:
        yield _Reading(word[:2], (word[2:],))
    if word[0] in _FAMILIES and 2 <= len(word) <= 4:
        yield _Reading(word[0], (word[1:],))


def _split(text: str, words: list[tuple[str, str]]) -> Iterator[_Reading]:
    """Yield the family name at either end; a comma or capitals say which."""
    plain = [word.replace("-", "") for _raw, word in words]
    given = [tuple(word.split("-")) for _raw, word in words]
    for count in (1, 2):
        front, back = plain[:count], plain[-count:]
        first, last = _may_stand(text, words, count)
        rest = [
            tuple(part for word in side for part in word)
            for side in (given[count:], given[:-count])
        ]
        if first and rest[0] and _is_family("".join(front), count):
            yield _Reading("".join(front), rest[0])
        if last and rest[1] and _is_family("".join(back), count):
            yield _Reading("".join(back), rest[1])


def _may_stand(text: str, words: list[tuple[str, str]], count: int) -> tuple[bool, bool]:
    """Tell whether the family name may be the first words, and whether it may be the last."""
    if "," in text:
        return len(text.partition(",")[0].split()) == count, False
    capital = [raw.isupper() and len(raw) > 1 for raw, _word in words]
    if any(capital) and not all(capital):
        return capital[0], capital[-1]
    return True, True


def _is_family(text: str, words: int) -> bool:
    if _hangul(text):
        return text in (_FAMILIES if len(text) == 1 else _DOUBLE_FAMILIES)
    key = _family_key(text)
    return key in _DOUBLE_KEYS or (words == 1 and key in _FAMILY_KEYS)


def _is_korean(reading: _Reading) -> bool:
    given = "".join(reading.given)
    if _hangul(given):
        return len(given) <= 3
    letters = [romanisation.joined(part) for part in reading.given]
    return romanisation.looks_korean("".join(map(romanisation.fold, letters)))


def _family_key(family: str) -> str:
    folded = romanisation.fold(romanisation.joined(_lawful(family)))
    return _FOLDED_FAMILIES.get(folded, folded)


def _lawful(family: str) -> str:
    return _INITIAL_LAW.get(family, family)


def _words(text: str) -> list[tuple[str, str]]:
    """Return a name's words as written and folded to lower case, titles left out.

    What is a title and a name stays where no two words would be left without it.
    """
    bare = _APOSTROPHES.sub("", text).replace(",", " ")
    raws = [raw.strip("-") for raw in _BREAKS.split(bare)]
    found = [(raw, _lower(raw)) for raw in raws if raw]
    kept = [(raw, word) for raw, word in found if word not in _TITLES]
    if len(kept) < 2:
        kept = [(raw, word) for raw, word in found if word not in _TITLES - _NAMES_TOO]
    return kept if kept else found


def _lower(word: str) -> str:
    lower = unicodedata.normalize("NFC", word.casefold())
    return re.sub(r"[-‐-―−]+", "-", lower.replace("ŏ", "eo").replace("ŭ", "eu"))


def _initials(text: str) -> list[str]:
    words = [word for _raw, word in _words(text)]
    return sorted(word for word in words if len(word) == 1 and word.isascii())


def _letters_only(word: str) -> bool:
    bare = _accentless(word).replace("-", "")
    return _hangul(bare) or (bare.isascii() and bare.isalpha())


def _hangul(text: str) -> bool:
    return romanisation.is_hangul(text)


_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
# Latin letters beyond ASCII.
_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})


def _spelt_out(word: str) -> str:
    return word.translate(_UMLAUTS)


def _accentless(text: str) -> str:
    """Take the accents off Latin letters; every other script keeps its marks."""
    if text.isascii():
        return text
    return _LATIN.sub(_bare, text.translate(_SPECIAL))


def _bare(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])[0]


def _plain(name: str) -> str:
    return _accentless(unicodedata.normalize("NFKC", name).casefold())


def _squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


_FAMILY_KEYS = frozenset(_family_key(family) for family in _FAMILIES)
_DOUBLE_KEYS = frozenset(_family_key(family) for family in _DOUBLE_FAMILIES)
