"""Agreements in Korean releases: a noun of agreement, a verb of concluding, and its ending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.newsroom.extraction import tense


@dataclass(frozen=True, slots=True)
class Concluding:
    """A statement about an agreement in one sentence: offsets, kind, status, and the reason."""

    start: int
    end: int
    sub: str
    status: str
    how: str
    repeat: bool = False
    noun: int = 0
    pair: bool = False


_NOUNS = (
    ("sisterhood", r"자매결연|자매도시|자매교류"),
    ("letter_of_support", r"지지\s?(?:서한|성명서|선언)|지지서(?=[를을])"),
    ("friendship", r"우호교류\s?협[약정]|우호협력\s?협[약정]|우호도시|우호결연"),
    ("loi", r"(?:협력|투자|구매|사업)?\s?의향서|LOI\b"),
    ("joint_statement", r"공동\s?(?:성명|선언문?|발표문|합의문)"),
    ("action_plan", r"실행\s?계획서?|행동\s?계획|액션\s?플랜"),
    ("contract_verbal", r"구두\s?계약"),
    ("contract", r"(?:투자|공급|납품|기술이전|용역|건설|수주|구매|사업|본|수출)\s?계약서?"),
    ("mou", r"양해\s?각서|업무\s?협약서?|업무\s?협력\s?협약|MOU|(?:투자|상생|다자|협력|실시|"
        r"공동|실무|상호|교류|지원|후원|연구|산학|기술|동반성장|파트너십)\s?협약서?|(?<![가-힣])협약"),
    ("arrangement", r"약정서?"),
    ("treaty", r"조약"),
    ("agreement", r"협정문?|(?<![A-Za-z])(?:FTA|CEPA|TIPF|EPA)(?![A-Za-z])|의정서|합의서|합의각서"),
)  # fmt: skip
_NOUN = "|".join(f"(?P<{sub}>{pattern})" for sub, pattern in _NOUNS)
_VERB = (
    r"체결|서명|맺(?=[었고은기을는])|교환(?=[했하식되])|조인|개정|갱신|성사|"
    r"이뤄(?=졌|진)|이루어(?=졌|진)"
)
_STATED = re.compile(
    rf"(?:{_NOUN})(?:\s?\([^()]{{1,40}}\))?(?P<gap>[^.\n]{{0,34}}?)(?P<verb>{_VERB})(?P<aft"
    rf"er>.{{0,40}})"
)
_COUNTED = re.compile(
    rf"\d{{1,4}}\s?(?:건|개)의?\s?(?:{_NOUN})(?:\([^()]{{1,20}}\))?.{{0,12}}?(?P<verb>진행|"
    rf"이뤄|이루어)(?P<after>.{{0,30}})"
)
# `자매결연을 검토하고 있다`: an agreement wished for, no signing spoken of.
_WISHED_FOR = re.compile(
    rf"(?:{_NOUN})(?:\s?\([^()]{{1,40}}\))?(?P<concluding>\s?(?:체결|서명))?(?:[을를]|에\s대해|\s?(?:방안|가능성|"
    rf"여부|의사|문제)(?:[을를도]|에\s대해))\s?(?:[가-힣]{{1,6}}\s)?(?P<verb>추진|검토|논의|협의|희망|제안|타진|"
    rf"모색)(?P<after>.{{0,30}})"
)
# A signing ceremony named by the agreement alone: `업무협약식`.
_RITE = re.compile(
    rf"(?:{_NOUN})(?:\([^()]{{1,20}}\))?\s?(?:체결|조인)?식(?P<after>[이을에도은].{{0,60}})"
)
_GIVEN = re.compile(
    rf"(?:{_NOUN})(?:\s?\([^()]{{1,40}}\))?[을를]\s(?:[^\s.]{{1,20}}\s){{0,3}}?(?P<verb>전달|제출|발송|채택|"
    rf"발표)(?P<after>.{{0,40}})"
)
_RECALLED = re.compile(
    rf"(?P<verb>체결|서명|맺)(?P<adnominal>한|된|은|했던|하였던|됐던|"
    rf"되었던)\s[^.\n]{{0,40}}?(?:{_NOUN})"
)
_GIVING = ("전달", "제출", "발송", "채택", "발표")
_WISHING = ("추진", "검토", "논의", "협의", "희망", "제안", "타진", "모색")
# One of these stands in every noun of agreement.
_NAMED = re.compile(
    r"협[약정]|각서|MOU|자매|우호|의향서|LOI|성명|선언|발표문|합의|계획|플랜|계약|약정|조약|FTA|CEPA|TIPF|EPA|의정서|지지"
)
_CUE = re.compile(
    r"체결|서명|맺|교환|조인|개정|갱신|성사|진행|이뤄|이루어|식[이을에도은]|추진|검토|논의|협의|희망|제안|"
    r"타진|모색|전달|제출|발송|채택|발표"
)
_GAP_BREAK = re.compile(
    r"(?:통해|따라|계기로|바탕으로|기반으로|이후|이래|하에|의한|포함|등에|,\s?[가-힣]|"
    r"[가-힣]며\s|[가-힣]고\s|에서\s|에는|위한|기념)"
)
_NOMINAL = re.compile(
    r"\s?(?:식?[을를]?\s?(?:통해|계기|바탕|기반)|로\s|은\s|의\s|이후|이래|에\s?따|함에|"
    r"한\s|된\s|한다면|국(?:으로|인|이|과|들)|현황|내용|성과|실적|사실|업체|기업|금액|규모|"
    r"건|기념|대상|주체)"
)
_CEREMONY = re.compile(r"\s?식")
_CEREMONY_DONE = re.compile(
    r"\s?식[이을에도은]?\s?(?:.{0,30}?)(?:열렸|개최됐|개최되었|개최했|가졌|진행됐|진행했|"
    r"참석했|참석하였|참석하여|참석해|개최하였|임석했|임석하였|참관)"
)
_REFERRED = re.compile(
    r"(?<![가-힣])(?:이번|금번|동|해당|이|본|지난|상기|위)(?:\s(?:[가-힣]{1,12}\s){0,2})?$"
)
_HISTORIC = re.compile(
    r"(?:이미|기존|앞서|과거|당시|이후|이래|지난해|작년|전년|지난\s?\d|지난[달주]|최근\s?체결|(?:19|20)\d\d년|"
    r"['‘’`]\d\d[년.]|\d{1,2}년\s?전|발효|후속)"
)
_EXPORT = re.compile(r"(?:수출|현장|판매|입찰)")
_COMPANY = re.compile(r"㈜|\(주\)|주식회사")
_RECALLED_TAIL = re.compile(r"[한된]\s바\s있")
_WISHED = re.compile(r".{0,8}?(?:희망|추진|검토|논의|협의|제안|타진|모색|요청)")
_HYPOTHETICAL = re.compile(r"(?:이|을|를)?\s?(?:될\s경우|하면(?!서)|되면(?!서)|한다면|된다면|시\s)")
_NEGATIVE = re.compile(r"(?:못했|않았|무산|연기|불발|취소)")


def scan(text: str, role: str) -> Iterator[Concluding]:
    """Find what one sentence says of agreements."""
    if not _NAMED.search(text) or not _CUE.search(text):
        return
    reached = 0
    for one in _all(text, role):
        if one.start >= reached:
            yield one
            reached = one.end


def _all(text: str, role: str) -> Iterator[Concluding]:
    """Every way of speaking of an agreement; what comes first is the plainest."""
    ways = [_stated(text, role, found) for found in _STATED.finditer(text)]
    ways += [_counted(text, found) for found in _COUNTED.finditer(text)]
    if "식" in text:
        ways += [_rite(text, found) for found in _RITE.finditer(text)]
    if any(verb in text for verb in _GIVING):
        ways += [_given(text, found) for found in _GIVEN.finditer(text)]
    if any(verb in text for verb in _WISHING):
        ways += [_wished(text, found) for found in _WISHED_FOR.finditer(text)]
    yield from (one for one in ways if one)
    yield from (one for found in _RECALLED.finditer(text) if (one := _recalled(text, found)))


def _counted(text: str, found: re.Match[str]) -> Concluding | None:
    if tense.sentence_tense(text) != "done":
        return None
    return Concluding(found.start(), found.end("verb"), _sub(found), "signed", "counted as held")


_RITE_AHEAD = re.compile(
    r"[이을]\s[^.]{0,40}?(?:열린다|열릴|개최할|개최한다|개최된다|개최될|가질|갖는다)"
)


def _rite(text: str, found: re.Match[str]) -> Concluding | None:
    status, how = _ceremony(text, "식" + found["after"])
    sub = _sub(found)
    if status == "planned" and not _RITE_AHEAD.match(found["after"]):
        return None
    if not status or sub == "contract":
        return None
    return Concluding(found.start(), found.start("after"), sub, status, how, False, found.start())


def _given(text: str, found: re.Match[str]) -> Concluding | None:
    """A letter handed over is presented; a joint statement adopted is announced."""
    sub = _sub(found)
    spoken = found["verb"] in ("채택", "발표")
    if spoken != (sub == "joint_statement") or (
        not spoken and sub not in ("loi", "letter_of_support")
    ):
        return None
    grade = tense.korean(found["after"], text)
    if grade not in ("done", "planned"):
        return None
    status = "planned" if grade == "planned" else ("announced" if spoken else "presented")
    return Concluding(found.start(), found.end("verb"), sub, status, "given or adopted")


_WISHABLE = ("sisterhood", "friendship", "mou", "loi", "agreement", "arrangement")


def _wished(text: str, found: re.Match[str]) -> Concluding | None:
    """Something pursued, weighed or talked of; of an accord to follow up nothing is said."""
    sub = _sub(found)
    before = text[max(0, found.start() - 24) : found.start()]
    if sub not in _WISHABLE or _REFERRED.search(before) or _NEGATIVE.search(found["after"][:9]):
        return None
    return Concluding(
        found.start(),
        found.end("verb"),
        sub,
        "intended",
        "pursued or talked of",
        False,
        found.start(),
    )


def _sub(found: re.Match[str]) -> str:
    return next(sub for sub, _ in _NOUNS if found[sub])


# `구두계약이 이뤄졌다`: nothing but a case ending between the noun and so wide a verb.
_RIGHT_AFTER = re.compile(r"[이가도]\s?")


def _stated(text: str, role: str, found: re.Match[str]) -> Concluding | None:
    sub = _sub(found)
    noun = found.start(sub)
    if _GAP_BREAK.search(found["gap"]) or _NEGATIVE.search(found["after"]):
        return None
    if sub == "contract" and _EXPORT.search(text[max(0, noun - 6) : noun + 4]):
        if not _COMPANY.search(text[:noun]):
            return None
    if found["verb"].startswith("이") and not _RIGHT_AFTER.fullmatch(found["gap"]):
        return None
    status, how = _status(text, role, found, sub)
    if not status:
        return None
    before = text[max(0, noun - 24) : noun]
    repeat = bool(_REFERRED.search(before)) or how.startswith("named again")
    pair = "각각" in text[max(0, noun - 60) : found.end("verb")]
    return Concluding(noun, found.end("verb"), sub, status, how, repeat, noun, pair)


def _status(text: str, role: str, found: re.Match[str], sub: str) -> tuple[str, str]:
    """Grade the statement; where its ending leaves room, the weaker reading is taken."""
    after = found["after"]
    if found["verb"] in ("개정", "갱신") and not after.startswith(("했", "하였", "하여", "해")):
        return "", ""
    if _HYPOTHETICAL.match(after):
        return "", ""
    if _CEREMONY.match(after):
        return _ceremony(text, after)
    if _RECALLED_TAIL.match(after):
        return "existing", "recalled"
    if found["verb"] == "서명" and text[found.start("verb") - 1] == "가":
        return "planned", "initialled only"
    return _graded(text, role, found, sub)


def _ceremony(text: str, after: str) -> tuple[str, str]:
    """A signing ceremony that was held, or one ahead."""
    if _CEREMONY_DONE.match(after):
        return "signed", "a ceremony held"
    return ("planned", "a ceremony ahead") if tense.sentence_tense(text) == "planned" else ("", "")


def _graded(text: str, role: str, found: re.Match[str], sub: str) -> tuple[str, str]:
    after = found["after"]
    grade = tense.korean(after, text)
    if grade == "done":
        return _done(text, found, sub)
    if grade == "linked":
        return "linked?", "joined to something agreed"
    if grade == "planned":
        return ("intended" if _WISHED.match(after) else "planned"), "a plan"
    return _unsettled(text, role, found, after, sub)


def _done(text: str, found: re.Match[str], sub: str) -> tuple[str, str]:
    if sub == "contract_verbal":
        return "verbal", "by word of mouth"
    if _HISTORIC.search(text[max(0, found.start() - 60) : found.start()]) and "이번" not in text:
        return "old?", "in the past of the text"
    return "signed", "past ending"


def _unsettled(text: str, role: str, found: re.Match[str], after: str, sub: str) -> tuple[str, str]:
    """`체결` without a verb of its own: a note, a present adnominal, or a mere name."""
    if (
        re.match(r"하는\s(?:등|성과|쾌거|진전|결실|데\s?성공|자리)", after)
        and tense.sentence_tense(text) == "done"
    ):
        return "signed", "named again as an outcome"
    if re.match(r"하는", after):
        return "planned", "present form"
    if role == "note" and re.match(r"\s?(?:$|\(|,|\.)", after):
        return "existing", "a note"
    if _NOMINAL.match(after) and _HISTORIC.search(text[max(0, found.start() - 40) : found.end()]):
        return "existing", "recalled"
    return "", ""


def _recalled(text: str, found: re.Match[str]) -> Concluding | None:
    """`지난 … 체결한 업무협약` recalls an agreement of the past."""
    before = text[max(0, found.start() - 60) : found.start()]
    if not _HISTORIC.search(before):
        return None
    sub = _sub(found)
    return Concluding(
        found.start(), found.end(sub), sub, "existing", "recalled", False, found.start(sub)
    )
