"""Whether an applicant meets the rules of a call: yes, no, or not known yet, with the reason.

Plain values in, plain values out. A rule is met or not met only on what is known; a figure that is
missing makes it not known, and the reason names what is missing. Nothing is guessed. Reasons are
keys with their values; the words for them are the desk's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

Terms = Mapping[str, Any]


class Outcome(StrEnum):
    """What a rule says of an applicant."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Rule:
    """A condition: its key with the caller, its kind and its terms.

    ``region``: ``regions``, the keys of regions in one of which the seat must lie.
    ``size``: ``sizes``, those that may apply.
    ``sales`` (won), ``exports`` (US dollars): ``least``, ``below``; of ``year``, or of the year
    ``years_back`` before the call's (1 unless it says); ``question``, whose answer counts where
    the record has no figure.
    ``age``: ``least``, ``below``, in whole years; ``question``, a date, likewise.
    ``sanction``: ``affiliates``, whether those of affiliates count.
    ``double``: ``event``, ``category``, whether support counts only for the same event, the same
    category of cost; ``years``, the call's own and those before it (1: its own alone);
    ``affiliates``; ``most``, how many earlier ones are allowed.
    ``answer``: ``question`` with ``options``, or ``least`` and ``most`` of a number.
    ``declared``: ``question``, a consent.
    """

    key: Any
    kind: str
    terms: Terms = field(default_factory=dict)


@dataclass(frozen=True)
class Sanction:
    """An exclusion from support for a time, of the applicant or of an affiliate."""

    name: str
    first: date
    last: date
    affiliate: bool = False


@dataclass(frozen=True)
class Support:
    """Support that was granted before, to the applicant or to an affiliate."""

    number: str
    programme: str
    year: int
    event: str = ""
    categories: frozenset[str] = frozenset()
    name: str = ""
    affiliate: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of an applicant, as of a day and for a call's year; ``None``: not known.

    ``regions`` are the keys of the seat's region and of all above it. ``exports`` are by year, in
    US dollars. ``sanctions`` and ``earlier`` are known only of who was found in the record;
    ``sanctioned`` and ``supported`` are what was said of it instead (the public's own check).
    ``event`` and ``categories`` are those of the call.
    """

    on: date
    year: int
    regions: frozenset[Any] | None = None
    size: str = ""
    sales: Mapping[int, Decimal] = field(default_factory=dict)
    exports: Mapping[int, Decimal] = field(default_factory=dict)
    founded: date | None = None
    sanctions: tuple[Sanction, ...] | None = None
    sanctioned: bool | None = None
    earlier: tuple[Support, ...] | None = None
    supported: bool | None = None
    event: str = ""
    categories: frozenset[str] = frozenset()
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a rule says of an applicant, and why: the reason's key and the values in it."""

    key: Any
    kind: str
    outcome: Outcome
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


Said = tuple[Outcome, str, dict[str, Any]]


def evaluate(rules: Iterable[Rule], facts: Facts) -> list[Found]:
    """Return what each rule says of the applicant, in the rules' order."""
    return [Found(rule.key, rule.kind, *_KINDS[rule.kind](rule.terms, facts)) for rule in rules]


def together(found: Iterable[Found]) -> Outcome:
    """Return what all rules say together: one that is not met decides, then one not known."""
    outcomes = {one.outcome for one in found}
    for outcome in (Outcome.NOT_MET, Outcome.NOT_KNOWN):
        if outcome in outcomes:
            return outcome
    return Outcome.MET


def folded(name: str) -> str:
    """Fold a name of an event or of a category, so that its spellings meet."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _met(met: bool, reason: str, values: dict[str, Any] | None = None) -> Said:
    return (Outcome.MET if met else Outcome.NOT_MET), reason, values or {}


def _missing(what: str, values: dict[str, Any] | None = None) -> Said:
    return Outcome.NOT_KNOWN, f"{what}_missing", values or {}


def _region(terms: Terms, facts: Facts) -> Said:
    asked = list(terms.get("regions", []))
    if not facts.regions:
        return _missing("region", {"regions": asked})
    inside = bool(facts.regions & frozenset(asked))
    return _met(inside, "region_inside" if inside else "region_outside", {"regions": asked})


def _size(terms: Terms, facts: Facts) -> Said:
    sizes = list(terms.get("sizes", []))
    if not facts.size:
        return _missing("size", {"sizes": sizes})
    told = {"size": facts.size, "sizes": sizes}
    return _met(facts.size in sizes, "size_among" if facts.size in sizes else "size_not", told)


def decimal(value: Any) -> Decimal | None:
    """Return a stored number; none for what is no number."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def year_of(terms: Terms, year: int) -> int:
    """Return of which year a rule asks the figure, for a call of a year."""
    return int(terms["year"]) if terms.get("year") else year - int(terms.get("years_back") or 1)


def _figure(what: str, known: Mapping[int, Decimal], terms: Terms, facts: Facts) -> Said:
    year = year_of(terms, facts.year)
    amount = known.get(year)
    if amount is None:
        amount = decimal(facts.answers.get(str(terms.get("question") or "")))
    return _bounded(what, amount, terms, {"year": year})


def _bounded(what: str, amount: Decimal | None, terms: Terms, told: dict[str, Any]) -> Said:
    least, below = decimal(terms.get("least")), decimal(terms.get("below"))
    told = {**told, "least": least, "below": below}
    if amount is None:
        return _missing(what, told)
    told["amount"] = amount
    if least is not None and amount < least:
        return Outcome.NOT_MET, f"{what}_too_low", told
    if below is not None and amount >= below:
        return Outcome.NOT_MET, f"{what}_too_high", told
    return Outcome.MET, f"{what}_within", told


def _sales(terms: Terms, facts: Facts) -> Said:
    return _figure("sales", facts.sales, terms, facts)


def _exports(terms: Terms, facts: Facts) -> Said:
    return _figure("exports", facts.exports, terms, facts)


def _age(terms: Terms, facts: Facts) -> Said:
    since = facts.founded or _day(facts.answers.get(str(terms.get("question") or "")))
    if since and since > facts.on:
        return Outcome.NOT_KNOWN, "age_in_future", {"since": since, "on": facts.on}
    years = Decimal(_years(since, facts.on)) if since else None
    return _bounded("age", years, terms, {"since": since, "on": facts.on})


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _sanction(terms: Terms, facts: Facts) -> Said:
    if facts.sanctions is None:
        if facts.sanctioned is None:
            return _missing("sanction")
        return _met(not facts.sanctioned, "sanction_said" if facts.sanctioned else "sanction_none")
    for one in facts.sanctions:
        counts = terms.get("affiliates") or not one.affiliate
        if counts and one.first <= facts.on <= one.last:
            told = {"name": one.name, "first": one.first, "last": one.last}
            return _met(False, "sanction_affiliate" if one.affiliate else "sanction_own", told)
    return _met(True, "sanction_none")


def _double(terms: Terms, facts: Facts) -> Said:
    if terms.get("event") and not facts.event:
        return _missing("event")
    if terms.get("category") and not facts.categories:
        return _missing("categories")
    if facts.earlier is None:
        if facts.supported is None:
            return _missing("earlier", {"years": terms.get("years")})
        return _met(not facts.supported, "double_said" if facts.supported else "double_none")
    within = [one for one in facts.earlier if _counts(one, terms, facts)]
    alike = [(one, _alike(one, terms, facts)) for one in within]
    most = int(terms.get("most") or 0)
    same = [one for one, sure in alike if sure]
    maybe = [one for one, sure in alike if sure is None]
    if len(same) > most:
        return Outcome.NOT_MET, "double_affiliate" if same[0].affiliate else "double_own", {
            **_told(same[0]), "count": len(same), "most": most
        }  # fmt: skip
    if len(same) + len(maybe) > most:
        return Outcome.NOT_KNOWN, "double_unknown", _told(maybe[0])
    return _met(True, "double_none")


def _counts(one: Support, terms: Terms, facts: Facts) -> bool:
    """Whether earlier support is within the rule's years, and of whom it counts."""
    years = terms.get("years")
    recent = not years or facts.year - int(years) < one.year <= facts.year
    return recent and bool(terms.get("affiliates") or not one.affiliate)


def _alike(one: Support, terms: Terms, facts: Facts) -> bool | None:
    """Tell whether support was for the same; none where its own record does not say of what."""
    same: list[bool | None] = []
    if terms.get("category"):
        before, now = ({folded(name) for name in who.categories} for who in (one, facts))
        same.append(bool(before & now) if before else None)
    if terms.get("event"):
        same.append(folded(one.event) == folded(facts.event) if one.event else None)
    if False in same:
        return False
    return None if None in same else True


def _told(one: Support) -> dict[str, Any]:
    return {
        "number": one.number, "programme": one.programme, "year": one.year, "name": one.name,
        "event": one.event,
    }  # fmt: skip


def _answer(terms: Terms, facts: Facts) -> Said:
    code = str(terms.get("question") or "")
    answer = facts.answers.get(code)
    told: dict[str, Any] = {"question": code}
    if answer is None or answer == "" or answer == []:
        return _missing("answer", told)
    if options := terms.get("options"):
        given = answer if isinstance(answer, list) else [answer]
        good = bool({str(one) for one in given} & {str(one) for one in options})
        return _met(good, "answer_good" if good else "answer_not", told)
    amount = decimal(answer)
    if amount is None:
        return _missing("answer", told)
    least, most = decimal(terms.get("least")), decimal(terms.get("most"))
    good = (least is None or amount >= least) and (most is None or amount <= most)
    told |= {"amount": amount, "least": least, "most": most}
    return _met(good, "answer_good" if good else "answer_beyond", told)


def _declared(terms: Terms, facts: Facts) -> Said:
    code = str(terms.get("question") or "")
    said = facts.answers.get(code)
    if isinstance(said, bool):
        return _met(said, "declared" if said else "not_declared", {"question": code})
    return _missing("declaration", {"question": code})


_KINDS: dict[str, Callable[[Terms, Facts], Said]] = {
    "region": _region,
    "size": _size,
    "sales": _sales,
    "exports": _exports,
    "age": _age,
    "sanction": _sanction,
    "double": _double,
    "answer": _answer,
    "declared": _declared,
}
