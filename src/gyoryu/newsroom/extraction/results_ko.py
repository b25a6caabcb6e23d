"""Trade results in Korean releases: consultations, contracts, and who took part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gyoryu.newsroom.extraction import tense
from gyoryu.newsroom.extraction.sentences import last_match


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or an amount: offsets in its sentence, value, and the heading it belongs under.

    `under` is `consult`, `contract`, `mou`, `gain` (only "results" are said) or empty.
    """

    start: int
    end: int
    value: str
    amount: bool
    under: str = ""
    status: str = ""
    reach: int = 0


_COUNT = re.compile(
    r"(?:(?<![가-힣])[총약]\s)?(?P<n>\d{1,3}(?:,\d{3})*|\d{1,6}|[1-9]만|"
    r"[1-9]천)\s?(?P<more>여)?\s?(?:건|회|차례)(?!사|전|의\s?회)(?:의)?(?P<least>\s?이상)?"
)
_WORDS = (
    ("mou", r"업무\s?협약|양해각서|MOU|협약|의향서|NDA"),
    ("verbal", r"구두\s?계약"),
    ("consult", r"상담(?!회|장)\s?(?:액|건수|금액|실적|성과)?|비즈니스\s?미팅|매칭|미팅|면담"),
    ("contract", r"계약(?:\s?추진)?(?:액|건수|금액|실적|성과)?|성약(?:액)?"),
    ("gain", r"성과|실적"),
)  # fmt: skip
_WORD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS))
_CLOSE = re.compile(
    r"[\s을를은는이가:·,총약\[\](）(*]*(?:규모|건수|금액|액|실적|성과|체결|기준|"
    r"현황)?[\s을를은는이가:·,총약\[(]*"
)
_CLAUSE = re.compile(
    r"(?:했|하였|됐|되었|렸|졌|뒀|뤘)[다으고며]|하고\s|하며\s|이며|으며|[가-힣]고,|\.\s|;|"
    r"\s/\s|[▲△▶①-⑮]"
)
_PURSUED = re.compile(r".{0,14}?(?:추진|협의\s?중|논의|진행\s?중)")
_EXPECTED = re.compile(r".{0,14}?(?:예상|기대|전망|목표|가능|잠재)")
_PLANNED = re.compile(r".{0,14}?(?:하기로|할\s예정|체결\s?예정|될\s예정|계획)")
_DONE = re.compile(r".{0,16}?(?:체결|성사|달성|이뤄|이루|거두|거뒀|성공|기록|맺|올렸|냈)")
_PAST = re.compile(
    r"(?:작년|지난해|전년|지난\s?번|(?P<y>(?:19|20)\d\d)년|['‘’`](?P<yy>\d\d)년)[^,.]{0,40}$"
)
_EDITION = re.compile(
    r"(?P<past>(?:작년|지난해|전년도?)(?!\s?(?:대비|보다|에\s비해|에\s이어|동기)))|(?P<now>올해|금년|이번|금번)"
)
_EXPORTS = re.compile(r"수출(?!\s?상담|\s?·)")
_NEAR = 34


def figures(text: str, sums: Sequence[tuple[int, int, str]]) -> list[Figure]:
    """Sort the counts and amounts of a sentence under what they count.

    `sums` are the amounts: offsets in the sentence and the value written out.
    """
    found = [Figure(start, end, value, True) for start, end, value in sums]
    for count in _COUNT.finditer(text):
        found.append(Figure(count.start(), count.end(), _value(count), False))
    found.sort(key=lambda figure: figure.start)
    return list(_placed(text, found))


def _value(count: re.Match[str]) -> str:
    digits = count["n"].replace(",", "").replace("만", "0000").replace("천", "000")
    return digits + ("+" if count["more"] or count["least"] else "")


def _placed(text: str, found: Sequence[Figure]) -> Iterator[Figure]:
    before: Figure | None = None
    for at, figure in enumerate(found):
        following = found[at + 1].start if at + 1 < len(found) else len(text)
        placed = _place(text, figure, before, following)
        yield placed
        before = placed


def _place(text: str, figure: Figure, before: Figure | None, following: int) -> Figure:
    """The word right before a figure counts first, then the first word after it."""
    if before and before.amount and figure.amount and _converts(text, before, figure):
        return figure
    ahead = _before(text, figure)
    if ahead:
        pursued = "추진" in text[max(0, figure.start - 12) : figure.start]
        status = "contracts pursued" if pursued else _status(text, figure.end, figure.end)
        return replace(figure, under=ahead[0], reach=figure.end, status=status)
    after = _after(text, figure, following)
    joined = before and before.under and not text[before.end : figure.start].strip(" ,약총(의")
    if (
        joined
        and before
        and before.amount != figure.amount
        and (after is None or after[0] in ("gain", ""))
    ):
        return replace(figure, under=before.under, status=before.status, reach=figure.end)
    if after is None:
        return figure
    return replace(
        figure, under=after[0], status=_status(text, after[1], figure.end), reach=after[1]
    )


def _converts(text: str, before: Figure, figure: Figure) -> bool:
    """`70만 달러(한화 약 9억 원)`: an amount in brackets says the one before it again."""
    return bool(re.fullmatch(r"\s?[(（](?:한화|미화)?\s?약?\s?", text[before.end : figure.start]))


def _before(text: str, figure: Figure) -> tuple[str, int] | None:
    begin = max(0, figure.start - 18)
    last = last_match(_WORD.finditer(text, begin, figure.start))
    if not last or not _CLOSE.fullmatch(text, last.end(), figure.start):
        return None
    return _name(last), last.end()


def _after(text: str, figure: Figure, following: int) -> tuple[str, int] | None:
    end = min(len(text), figure.end + _NEAR)
    stop = _CLAUSE.search(text, figure.end, end)
    end = stop.start() if stop else end
    word = _WORD.search(text, figure.end, end)
    if word and _name(word) == "gain":
        better = _WORD.search(text, word.end(), min(end, word.end() + 8))
        word = better if better and _name(better) != "gain" else word
    if word and _name(word) == "gain" and _EXPORTS.search(text, figure.end, word.start()):
        return None
    if not word or (word.start() > following and _gap(text, figure, following)):
        return None
    return _name(word), word.end()


def _gap(text: str, figure: Figure, following: int) -> bool:
    """Another figure between a figure and its word parts them, unless they stand side by side."""
    return len(text[figure.end : following].strip(" ,·(약총의")) > 4


def _name(word: re.Match[str]) -> str:
    return word.lastgroup or ""


def _status(text: str, word_end: int, figure_end: int) -> str:
    """Grade what is said of the contracts after the word and the figure; the weaker wins."""
    after = text[max(word_end, figure_end) :][:34]
    for pattern, status in (
        (_PURSUED, "contracts pursued"),
        (_EXPECTED, "expected"),
        (_PLANNED, "planned"),
    ):
        if pattern.match(after):
            return status
    tail = tense.sentence_tense(text)
    if _DONE.match(after):
        return "achieved" if tail != "planned" else "planned"
    return {"done": "achieved", "planned": "planned"}.get(tail, "")


def is_past_edition(text: str, start: int, year: int | None) -> bool:
    """Tell a figure of last year, or of an earlier edition, from this one's (`year`)."""
    said = last_match(_EDITION.finditer(text, 0, start))
    if said and said["past"]:
        return True
    found = None if said else _PAST.search(text[max(0, start - 50) : start])
    if not found:
        return "바 있" in text[start:]
    stated = found["y"] or (found["yy"] and "20" + found["yy"])
    return not stated or year is None or int(stated) < year


_FIRMS = re.compile(
    r"(?P<what>(?:(?:국내|우리|한국|국내외|참가|우수|중소|중견|수출|지역|도내|부산지역|"
    r"관내|소비재|혁신|강소|벤처|스타트업|창업|식품|농식품|농기자재|제조|·|"
    r"및)\s?){0,4}(?:기업|업체|중소기업|수출기업|스타트업|새싹기업|회원사))"
    r"(?:들?[이은의]?)?[\s(*]{0,3}(?:등\s|총\s|"
    r"약\s)?(?P<n>\d{1,3}(?:,\d{3})?)\s?(?P<more>여)?\s?개?[*]?\s?(?:사|곳|업체|기업|개)"
    r"|(?P<n2>\d{1,3}(?:,\d{3})?)\s?(?P<more2>여)?\s?개?\s?(?:의\s)?(?:국내\s?|우리\s?|"
    r"중소\s?|참가\s?|한국\s?)?(?:사의?\s(?:국내|우리|중소)?기업|기업|업체)"
)
_BUYERS = re.compile(
    r"(?:바이어|구매자|구매업체|수입상|수입업체|발주처|발주기관|유통망|유통사|구매처|"
    r"투자자|동포\s?경제인|해외기업)(?:\s?\([^()]{1,12}\))?(?:[가-힣·\s]{0,12}?)\s?(?:등\s|"
    r"총\s|약\s)?"
    r"(?P<n>\d{1,3}(?:,\d{3})?)\s?(?P<more>여)?\s?(?:개\s?사|명|곳|개\s?기관|개(?!국))"
)


def firms(text: str) -> tuple[int, int, str] | None:
    """Find how many domestic companies took part."""
    for found in _FIRMS.finditer(text):
        if "해외" in text[max(0, found.start() - 4) : found.start()]:
            continue
        number = found["n"] or found["n2"]
        more = "+" if found["more"] or found["more2"] else ""
        return found.start(), found.end(), number.replace(",", "") + more
    return None


def buyers(text: str) -> tuple[int, int, str] | None:
    """Find how many buyers took part."""
    found = _BUYERS.search(text)
    if not found:
        return None
    return found.start(), found.end(), found["n"].replace(",", "") + ("+" if found["more"] else "")


_EVENT = re.compile(
    r"(?:['‘「『｢]\s?(?P<quoted>[^'’」』｣\n]{4,60})['’」』｣])|"
    r"(?P<plain>(?:[가-힣A-Za-z0-9·-]{1,16}\s?){0,3}?(?:수출상담회|상담회|박람회|전시회|"
    r"사절단|비즈니스\s?포럼|총회))"
)


def event(text: str) -> tuple[int, int] | None:
    """Find the name of the event."""
    found = _EVENT.search(text)
    if not found:
        return None
    return found.span("quoted") if found["quoted"] else found.span("plain")


TRADE = re.compile(
    r"상담회|계약\s?(?:실적|\d)|상담\s?(?:실적|성과|건수|\d)|건의\s상담|시장\s?개척단|수출\s?상담|바이어|구매자|수출\s?계약|무역사절단|구매업체|발주처"
)
PLANNED_EVENT = re.compile(
    r"(?:상담회|박람회|전시회|사절단|상담)[^.]{0,40}(?:개최한다|개최된다|열린다|개최할|"
    r"개최될|참가한다|운영한다|파견한다|진행한다)"
)
HELD_EVENT = re.compile(
    r"(?:상담회|사절단|수출상담)[^.]{0,40}(?:개최했|개최하였|열었|열렸|진행했|진행됐|"
    r"운영했|마련됐|개최됐|가졌)|상담[이을]\s?(?:진행|실시|이뤄)"
)
