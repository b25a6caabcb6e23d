"""Finds the terms of support programmes: budget, ceilings, how many, and what is covered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gyoryu.newsroom.extraction import amounts, tense
from gyoryu.newsroom.extraction.document import Document, Money, Sentence, Span, Support
from gyoryu.newsroom.extraction.scene import Scene, as_span

_CUE_KO = re.compile(
    r"지원\s?(?:사업|한도|금|대상|규모|예산)|바우처|보조금|(?:업체|기업|사|팀|과제|개)당|"
    r"최대\s?\d|공모|후속\s?지원"
)
_CUE_EN = re.compile(
    r"\b(?:support|subsid\w+|grants?|fund(?:ing|ed)|budget|vouchers?|selected|expenses|"
    r"fees|provid\w+)\b",
    re.IGNORECASE,
)
_BUDGET_KO = re.compile(r"(?:예산|사업비|총\s?사업규모|지원\s?규모|국비|투입)")
_BUDGET_EN = re.compile(
    r"\b(?:budget|total\sof|allocat\w+|invest(?:ed|ing)?\sa\stotal|funding\sof|"
    r"provincial\sfunds)\b",
    re.IGNORECASE,
)
_EACH_KO = re.compile(
    r"(?P<unit>기업|업체|개사|사|팀|과제|인|명|단체|가구|건|연합체|컨소시엄)\s?(?:별|당)"
)
_EACH_EN = re.compile(
    r"\b(?:each|per|every)\s(?:\w+\s)?(?P<unit>team|company|companies|firm|project|"
    r"participant|person|region|group|student|household|business)\b",
    re.IGNORECASE,
)
# In Korean "up to" is said of many things; a ceiling is one of support, or per recipient.
_TERMS_KO = re.compile(
    r"지원\s?한도|한도|(?:기업|업체|개사|사|팀|과제|인|명|단체|가구|건|연합체|컨소시엄)\s?(?:별|당)\s"
)
_LIMIT_KO = re.compile(r"(?:최대|최고|한도|상한)[^,.]{0,14}$")
_LIMIT_AFTER_KO = re.compile(r"\s?(?:의\s)?(?:한도|까지|이내|이하|범위|상한)")
_LIMIT_EN = re.compile(
    r"\b(?:up\sto|maximum|ranging|limit|cap(?:ped)?|ceiling|as\smuch\sas)\b", re.IGNORECASE
)
_RAISED = re.compile(r"(?:from|에서|→|->)")
_UNITS = {
    "companies": "company",
    "기업": "company",
    "업체": "company",
    "개사": "company",
    "사": "company",
    "연합체": "consortium",
}
_UNITS |= {
    "firm": "company",
    "business": "company",
    "팀": "team",
    "과제": "project",
    "인": "person",
    "명": "person",
    "컨소시엄": "consortium",
}
_COUNT_EN = re.compile(
    rf"\b(?P<n>{amounts.ENGLISH})\s(?P<what>(?:(?:designated|autonomous|research|pilot|"
    rf"local|young|small)\s)?(?:teams|participants|projects|tasks|companies|students|"
    rf"households|researchers|startups|firms|institutions))\b",
    re.IGNORECASE,
)
_COUNT_KO = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})?)\s?여?\s?(?P<what>개\s?사|개\s?기업|개\s?팀|개\s?과제|"
    r"개\s?단체|명|팀|과제)(?=[을를이가은는의에\s])"
)
_WHAT_KO = {
    "사": "companies",
    "기업": "companies",
    "팀": "teams",
    "과제": "projects",
    "단체": "organisations",
    "명": "people",
}
_PROGRAM_KO = re.compile(
    r"[‘'「『｢](?P<name>[^'’」』｣\n]{4,50}?(?:사업|프로그램|바우처|프로젝트|공모))[*]?['’」』｣]"
)
_PROGRAM_EN = re.compile(
    r"(?:“(?P<quoted>[^”\n]{4,80})”|(?P<name>(?:[A-Z][\w’&-]{1,24}\s){1,8}(?:Program|"
    r"Project|Support|Initiative|Scheme)))"
)
_COVERS_EN = re.compile(
    r"\b(?:including|covering|covers?|such\sas|support\sfor|provid(?:ed|es|"
    r"ing)\s(?:support\s(?:for|with)\s)?)(?P<list>[^.;]{8,200})"
)
_COVERS_KO = re.compile(
    r"(?P<list>(?:[가-힣A-Za-z()·\s]{2,24},\s?){1,8}[가-힣A-Za-z()·\s]{2,20})\s?등(?:의|을|"
    r"에)?\s?(?:[가-힣\s]{0,14})?지원"
)
_PLANNED_EN = re.compile(r"\b(?:will|plans?\sto|to\sbe)\b")


def find(scene: Scene, money: Sequence[Money]) -> list[Support]:
    """Give the support programme a release describes: one per article, where it has terms."""
    document = scene.document
    terms = _Terms()
    at = 0
    for sentence in document.sentences:
        begin = at
        while at < len(money) and money[at].span.start < sentence.end:
            at += 1
        if sentence.role in ("body", "lead", "note") and not document.quoted(sentence.start + 1):
            terms.take(document, sentence, money[begin:at])
    return _support(scene, terms)


class _Terms:
    """The terms of a programme while they are gathered."""

    def __init__(self) -> None:
        self.sentence: Sentence | None = None
        self.trigger: Span | None = None
        self.budget: Span | None = None
        self.ceiling: list[Span] = []
        self.counts: list[Span] = []
        self.covers: list[Span] = []
        self.unit = ""

    def take(self, document: Document, sentence: Sentence, money: Sequence[Money]) -> None:
        """Take up what one sentence says of terms."""
        korean = document.lang == "ko"
        if _is_selection(sentence.text, korean):
            self._counts(document, sentence, korean)
        cue = (_CUE_KO if korean else _CUE_EN).search(sentence.text)
        if not cue:
            return
        each = list((_EACH_KO if korean else _EACH_EN).finditer(sentence.text))
        if each:
            self.unit = _unit(each[0])
        before = len(self.ceiling) + bool(self.budget)
        self._amounts(document, sentence, money, each)
        gained = len(self.ceiling) + bool(self.budget) > before
        if gained:
            self._counts(document, sentence, korean)
            self._covers(document, sentence, korean)
        if gained and self.trigger is None:
            start = sentence.start + cue.start()
            self.trigger, self.sentence = document.span(start, sentence.start + cue.end()), sentence

    def _amounts(
        self,
        document: Document,
        sentence: Sentence,
        money: Sequence[Money],
        each: Sequence[re.Match[str]],
    ) -> None:
        korean = document.lang == "ko"
        raised = _raised(document, sentence, money)
        terms = not korean or _TERMS_KO.search(sentence.text)
        for at, one in enumerate(money):
            around = document.text[max(sentence.start, one.span.start - 34) : one.span.end + 12]
            limit = one.approx == "max" or _is_limit(document, sentence, one, korean)
            limit = limit or (bool(each) and isinstance(one.amount, tuple))
            if raised and at == 0:
                continue
            budget = (_BUDGET_KO if korean else _BUDGET_EN).search(sentence.text)
            more = raised and at == 1 and not (budget and not limit and not each)
            if terms and (limit or more):
                was = money[0] if more else None
                unit = _nearest(each, one.span.start - sentence.start) or self.unit
                self.ceiling.append(_ceiling(document, one, was, unit))
            elif self.budget is None and (
                (raised and at == 1) or (_BUDGET_KO if korean else _BUDGET_EN).search(around)
            ):
                self.budget = one.span

    def _counts(self, document: Document, sentence: Sentence, korean: bool) -> None:
        for found in (_COUNT_KO if korean else _COUNT_EN).finditer(sentence.text):
            value = _counted(found, korean)
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if value and len(self.counts) < 8 and value not in {one.value for one in self.counts}:
                self.counts.append(document.span(start, end, value))

    def _covers(self, document: Document, sentence: Sentence, korean: bool) -> None:
        found = (_COVERS_KO if korean else _COVERS_EN).search(sentence.text)
        if not found or self.covers:
            return
        at = found.start("list")
        for part in re.split(r"(,\s(?:and\s)?|\sand\s)", found["list"]):
            if len(part.strip()) > 3 and len(self.covers) < 8:
                lead = len(part) - len(part.lstrip())
                start = sentence.start + at + lead
                self.covers.append(document.span(start, start + len(part.strip())))
            at += len(part)


def _unit(each: re.Match[str]) -> str:
    return _UNITS.get(each["unit"].lower(), each["unit"].lower())


def _nearest(each: Sequence[re.Match[str]], position: int) -> str:
    """Give the recipient named nearest to an amount, where a sentence names several."""
    near = min(each, key=lambda one: abs(one.start() - position), default=None)
    return _unit(near) if near else ""


def _is_limit(document: Document, sentence: Sentence, one: Money, korean: bool) -> bool:
    """Whether words of a limit stand right before an amount, or in Korean right after it."""
    before = document.text[max(sentence.start, one.span.start - 34) : one.span.start]
    if korean:
        after = _LIMIT_AFTER_KO.match(document.text, one.span.end)
        return bool(after or _LIMIT_KO.search(before))
    return bool(_LIMIT_EN.search(before))


def _is_selection(text: str, korean: bool) -> bool:
    return bool(
        re.search(
            r"선정|모집|공모" if korean else r"\bselect\w*|recruit\w*|compris\w*|set\sup\sa\sbooth",
            text,
        )
    )


def _raised(document: Document, sentence: Sentence, money: Sequence[Money]) -> bool:
    """`from 8 million to 12 million`: the first amount is what the ceiling was."""
    if len(money) != 2 or money[0].currency != money[1].currency:
        return False
    between = document.text[money[0].span.end : money[1].span.start]
    head = document.text[max(sentence.start, money[0].span.start - 8) : money[0].span.start]
    return bool(re.fullmatch(r"에서\s|\s?(?:→|->)\s?|\sto\s", between)) and (
        bool(_RAISED.search(head)) or between.strip() != "to"
    )


def _ceiling(document: Document, one: Money, was: Money | None, unit: str) -> Span:
    plain = re.sub(r"(?:\smax|\sapprox|\+)$", "", one.span.value or "")
    limit = plain if isinstance(one.amount, tuple) or was else f"max {plain}"
    old = was.span.value.split()[1] if was and was.span.value else ""
    value = (f"per {unit} " if unit else "") + limit + (f" (was {old})" if old else "")
    return document.span(one.span.start, one.span.end, value, "a limit said beside the amount")


def _counted(found: re.Match[str], korean: bool) -> str:
    if korean:
        what = re.sub(r"^개\s?", "", found["what"])
        return f"{_WHAT_KO[what]}={found['n'].replace(',', '')}"
    number = amounts.english(found["n"])
    what = re.sub(r"^(?:research|local|young|small|pilot)\s", "", found["what"].lower())
    return f"{what}={amounts.plain(number)}" if number else ""


def _support(scene: Scene, terms: _Terms) -> list[Support]:
    document, sentence = scene.document, terms.sentence
    if terms.trigger is None or sentence is None:
        return []
    if not terms.ceiling and not (terms.budget and terms.counts):
        return []
    if document.lang == "ko":
        status = {"done": "done"}.get(tense.sentence_tense(sentence.text), "planned")
    else:
        status = "planned" if _PLANNED_EN.search(sentence.text) else "done"
    return [
        Support(
            status=status,
            trigger=terms.trigger,
            program=_program(document),
            budget=terms.budget,
            dates=as_span(scene.date_of(sentence, terms.trigger.start)),
            ceiling=tuple(terms.ceiling[:6]),
            counts=tuple(terms.counts),
            covers=tuple(terms.covers),
            how="terms gathered over the release",
        )
    ]


def _program(document: Document) -> Span | None:
    pattern = _PROGRAM_KO if document.lang == "ko" else _PROGRAM_EN
    found = pattern.search(document.text[:3000])
    if not found:
        return None
    group = "quoted" if found.groupdict().get("quoted") else "name"
    return document.span(found.start(group), found.end(group))
