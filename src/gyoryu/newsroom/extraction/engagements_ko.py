"""Encounters in Korean releases: visits, meetings, forums, delegations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.newsroom.extraction import tense
from gyoryu.newsroom.extraction.vocab import places_ko as places


@dataclass(frozen=True, slots=True)
class Encounter:
    """An encounter told of in one sentence: offsets, kind, status, why, and who it was with.

    `fresh` says that somebody is named for the first time right before it.
    """

    start: int
    end: int
    kind: str
    status: str
    how: str
    key: str = ""
    needs_date: bool = False
    fresh: bool = False


_KINDS = (
    ("video_conference", r"(?:화상|영상|온라인|비대면)\s?(?:회의|회담|면담|간담회|협의)"),
    ("consultative_meeting", r"(?:공동|협력|정책|실무|고위급?|경제|무역)\s?"
        r"(?:위원회|협의회|협의체)(?:\s?회의)?"),
    ("courtesy_call", r"접견|예방(?=[을했하]|\([^)]{1,6}\)[을했하])"),
    ("meeting", r"(?:양자\s?|고위급\s?|[가-힣]{2,4})?(?:면담|회담|회동)|만남(?=을)|"
        r"[조오만]찬(?=[을도])"),
    ("roundtable", r"(?:[가-힣·]{0,10}\s?)?간담회|원탁회의|라운드\s?테이블|"
        r"[가-힣·]{2,12}\s?회의(?=['’」]?\s?(?:[를도]|\(|개최))|좌담회"),
    ("fam_tour", r"팸\s?투어"),
    ("forum", r"포럼|심포지엄|세미나|[컨콘]퍼런스|교류회|토론회|설명회|학술대회"),
    ("delegation", r"[가-힣]{0,4}사절단|대표단|시장\s?개척단|협력단|방문단"),
    ("event", r"(?:개막|기념|출범|개소|환영|착공|준공|시상|수여|선포|결성|기공)식|"
        r"페스티벌|축제|대축전"),
)  # fmt: skip
_KIND = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS)
_QUOTE_END = r"['’”\"」』｣〉》]{0,2}"
_MARK = rf"{_QUOTE_END}(?:\s?\([^()]{{1,40}}\))?{_QUOTE_END}[*]{{0,2}}"
_GATHERED = re.compile(
    rf"(?:{_KIND}){_MARK}(?P<josa>[을를이가도은는에]|에서|에는)?\s?"
    r"(?P<gap>(?:(?:공동|합동|함께|성황리에|공식|온·?오프라인|잇달아|각각|연이어|처음|"
    r"처음으로|성공적으로|동시에|잇따라|별도로|추가로)(?:으로|에)?\s?){0,2})"
    r"(?P<verb>개최|열(?=[었렸린리고며]|\s수)|연(?=다)|가졌|가지|갖|진행|마련|주재|주최|"
    r"파견|구성|하(?=[였고여며])|했|해\s|통해|참석|실시|운영(?=했|하)|한다)"
    r"(?P<after>.{0,30})"
)
_WITH = re.compile(
    r"(?P<who>[가-힣A-Za-z()·]{2,30})(?:와의|과의|[와과]|[을를])\s(?:[가-힣]{1,8}\s){0,2}$"
)
_HELD_AT = re.compile(
    rf"(?:개최된|열린|진행된|마련된|이어진|주재한|주최한|개최한|마련한)\s(?:[^\s]{{1,20}}\s){{0,3}}?(?:{_KIND}){_MARK}("
    rf"?:에서는?|에는|은|는)"
)
_TOOK_PLACE = re.compile(
    rf"(?:{_KIND}){_MARK}[이가은는]\s(?:[^\s]{{1,24}}\s){{1,12}}?(?P<verb>개최|열|진행)(?:되었|됐|렸)"
)
_HABIT = re.compile(r"\s?(?:하여|해)\s?(?:왔|오[고며])|\s?해\s?온")
_SENT = re.compile(
    r"(?:[가-힣]{0,4}사절단|대표단|시장\s?개척단|"
    r"방문단)"
    rf"{_MARK}(?:\s(?:총\s)?\d{{1,3}}여?\s?명)?[을를]\s(?:[^\s]{{1,20}}\s){{0,4}}?(?P<verb>파견)(?P<after>(?:하|한다|했|할).{{0,20}})"
)
_LED = re.compile(
    r"(?:사절단|대표단|방문단)[을를]\s이끌고|이끌고\s온\s[^.]{0,12}?(?:사절단|대표단|방문단)"
)
_CAME = re.compile(
    r"(?P<verb>방[한일중미러독])(?P<after>했|하였|하여|하고|해\s|할\s예정|한다|\s?$)"
)
_CUE = re.compile(
    r"방문|면담|회담|회동|만나|만났|만찬|오찬|만날|통화|접견|예방|참석|개최|열[었렸린리고며]|연다|"
    r"가졌|갖|진행|마련|주재|파견|이끌|방[한일중미러독]"
)
_TALKED = re.compile(
    r"(?P<who>[가-힣A-Za-z()·]{1,20})(?:와의|과의|\s간)\s(?:[가-힣]{1,6}\s){0,2}(?P<noun>회담|"
    r"면담|회의|만남|회동|간담회)(?:에서|을\s통해|을\s갖|을\s가졌|을\s두고)"
)
_VISITED = re.compile(
    r"(?P<place>[가-힣A-Za-z0-9()·一-鿿-]{1,30})[을를]\s(?:[가-힣]{1,8}\s){0,4}?(?P<verb>(?"
    r":국빈\s|공식\s)?방문)(?P<after>(?:했|하였|하여|하고|하며|하는|해[\s,]|할|한다|한\s후|"
    r"한\s뒤|,|\s중).{0,24})"
)
_MET = re.compile(
    r"(?P<who>[가-힣A-Za-z()·]{2,30})(?:와|과|을|"
    r"를)\s(?:[가-힣]{1,8}\s){0,2}?(?P<verb>만나|만났|만난\s자리|만날(?=\s예정|\s계획)|만찬을|오찬을|"
    r"통화)(?P<after>.{0,24})"
)
_REFERRED = re.compile(
    r"(?:이번|금번|동|해당|이|이날|위|상기|본|양자|앞선|향후|차기|다음|지난번|이어진)\s?$"
)
# What is held every year is a habit, or a term agreed on.
_REGULAR = re.compile(
    r"(?:매년|해마다|정례적|정기적|연\s?\d\s?(?:회|차례)|두\s차례|격년)[^,.]{0,16}$"
)
_SUPPORT = re.compile(r"(?:수출|투자|구매|취업|입찰|무역)\s?$")
_TWO = re.compile(r"[와과]의?\s")


def scan(text: str, role: str) -> Iterator[Encounter]:
    """Find the encounters of one sentence."""
    taken: list[tuple[int, int]] = []
    for encounter in _found(text, role):
        if not any(encounter.start < end and start < encounter.end for start, end in taken):
            taken.append((encounter.start, encounter.end))
            yield encounter


def _found(text: str, role: str) -> Iterator[Encounter]:
    if role != "body" or not _CUE.search(text):
        return
    yield from _visits(text)
    yield from _movements(text)
    for found in _GATHERED.finditer(text):
        yield from _gathered(text, found)
    if any(ending in text for ending in ("렸", "됐", "되었")):
        yield from _took_place(text)
    if tense.sentence_tense(text) == "done" or tense.ends_in_quote(text):
        yield from _talks(text)
    for found in _MET.finditer(text):
        status = "held" if found["verb"].endswith("났") else _by_end(text)
        if status:
            end = found.end("verb")
            yield Encounter(found.start(), end, "meeting", status, "met", found["who"])


_JOINED = re.compile(r"(?P<other>[가-힣]{2,10}?)(?:[와과]|,|\s및)\s$")


def _visits(text: str) -> Iterator[Encounter]:
    for found in _VISITED.finditer(text):
        status, place = _status(found["after"], text), found["place"]
        joined = _JOINED.search(text, max(0, found.start() - 20), found.start())
        abroad = _is_region(place) or (joined is not None and _is_region(joined["other"]))
        if status and (status == "held" or abroad):
            yield Encounter(found.start(), found.end("verb"), "visit", status, "visit", place)


def _took_place(text: str) -> Iterator[Encounter]:
    for found in _TOOK_PLACE.finditer(text):
        kind = next(kind for kind, _ in _KINDS if found[kind])
        before = text[max(0, found.start(kind) - 40) : found.start(kind)]
        if kind != "delegation" and not _REFERRED.search(before):
            yield Encounter(found.start(kind), found.end("verb"), kind, "held", "took place")


def _talks(text: str) -> Iterator[Encounter]:
    """`누구와의 회담에서 … 논의하였다`: what is told in the past of a gathering was held."""
    for found in _HELD_AT.finditer(text):
        kind = next(kind for kind, _ in _KINDS if found[kind])
        if kind not in ("event", "delegation"):
            yield Encounter(found.start(), found.end(kind), kind, "held", "what was held there")
    for found in _TALKED.finditer(text):
        end = found.end("noun")
        yield Encounter(found.start(), end, "meeting", "held", "talked at it", found["who"])


def _is_region(place: str) -> bool:
    """A visit ahead is news where it goes to a country or region, else a mere act of a trip."""
    bare = place.partition("(")[0]
    return bare in places.COUNTRIES or bare in places.REGIONS or bare.endswith(("시", "성", "주"))


def _movements(text: str) -> Iterator[Encounter]:
    """Delegations sent, led or come, and guests who came to the country."""
    for found in _SENT.finditer(text):
        status = _status(found["after"], text)
        if status and "결과" not in found["after"] and not _HABIT.match(found["after"]):
            yield Encounter(found.start(), found.end("verb"), "delegation", status, "sent")
    for found in _LED.finditer(text):
        yield Encounter(*found.span(), "delegation", "held", "led")
    for found in _CAME.finditer(text):
        status = "held" if found["after"].strip() in ("했", "하였", "") else _by_end(text)
        if status:
            yield Encounter(found.start(), found.end("verb"), "visit", status, "came", "", True)


def _gathered(text: str, found: re.Match[str]) -> Iterator[Encounter]:
    kind = next(kind for kind, _ in _KINDS if found[kind])
    start = found.start(kind)
    before = text[max(0, start - 40) : start]
    support = found[kind].endswith("설명회") and _SUPPORT.search(before)
    if support or _REFERRED.search(before) or _REGULAR.search(before):
        return
    status = _gathering_status(text, found, kind)
    if status:
        who = _WITH.search(before)
        if (
            kind == "roundtable"
            and found[kind].endswith("회의")
            and who
            and _TWO.search(who.group())
        ):
            kind = "meeting"
        key = who["who"] if who else ""
        begin = start - len(who.group()) if who else start
        yield Encounter(
            begin, found.end("verb"), kind, status, "held or planned by its ending", key
        )


def _gathering_status(text: str, found: re.Match[str], kind: str) -> str:
    verb, after = found["verb"], found["after"]
    if _HABIT.match(after) or not _goes_with(verb, kind):
        return ""
    if verb in ("가졌", "했"):
        return _by_end(text) or "held"
    if verb == "통해":
        return "held" if tense.sentence_tense(text) == "done" else ""
    if verb in ("연", "한다"):
        return "planned"
    if (
        kind not in _TALKS
        and tense.ends_in_accord(text)
        and not _OWN.search(text, 0, found.start())
    ):
        return _status(after, text) if _DONE.match(after) else ""
    return _status(after, text)


_TALKS = ("meeting", "courtesy_call", "video_conference", "consultative_meeting")
# A gathering with a name, a number or a day of its own was held; one without is agreed on.
_OWN = re.compile(r"[‘'「『｢“\"]|제\s?\d{1,3}\s?[차회]|\d\s?일|\d\.\s?\d|이날")


def _goes_with(verb: str, kind: str) -> bool:
    """Which verbs make an encounter of which nouns: one sends a delegation, one holds a forum."""
    talk = kind in ("meeting", "courtesy_call", "video_conference")
    if kind == "delegation":
        return verb == "파견"
    if verb == "통해":
        return talk
    if verb == "참석":
        return kind != "consultative_meeting"
    return verb not in ("구성", "운영", "마련") or kind == "roundtable"


def _by_end(text: str) -> str:
    if tense.ends_in_accord(text) or tense.ends_in_quote(text) or tense.ends_in_attitude(text):
        return "held"
    return {"done": "held", "planned": "planned"}.get(tense.sentence_tense(text), "")


_DONE = re.compile(r"\s?(?:했|하였|였|됐|되었|었|렸|졌)")
_LINKED = re.compile(
    r"\s?(?:해\s|되어|하여|하고|하며|해[\s,]|되며|되고|고\s|고,|여\s|어\s|며\s|면서|하는\s등|,|"
    r"한\s후|한\s뒤|된\s가운데)"
)
_AHEAD = re.compile(
    r"\s?(?:할|한다|된다|린다|는다|예정|계획|될|리는|하는|되는|하기|키로|기로|할\s것|\s중)"
)


def _status(after: str, text: str) -> str:
    if _DONE.match(after):
        return "held"
    if _LINKED.match(after):
        return _by_end(text)
    return "planned" if _AHEAD.match(after) and tense.sentence_tense(text) == "planned" else ""
