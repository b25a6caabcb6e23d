"""What the register already knows of a fact: nothing, the same, less, or something else.

Few queries, whatever the number of facts: each kind's likely records are fetched together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model, Q

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement, Body, Commitment, Engagement
from gyoryu.base import names
from gyoryu.base.periods import Period
from gyoryu.newsroom.facts import period_of
from gyoryu.newsroom.models import Candidate
from gyoryu.newsroom.queries import results
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Alias, Person
from gyoryu.trade.models import Published

Kind, Match = Candidate.Kind, Candidate.Match
# Ties of which two partners have one; a second date for it is a contradiction, not another tie.
_ONLY_ONE = {"sisterhood", "friendship"}
# Two memoranda with one partner within so many days are taken for one with two dates.
_NEAR = timedelta(days=21)
_NEAR_MEETING = timedelta(days=2)
_ALIKE = 0.8  # of all pairs of letters: words of a promise told again


@dataclass
class Matched:
    """What a fact was found to be beside the register. ``conflicts`` compare the two sides."""

    match: str = Match.NEW
    record: Model | None = None
    conflicts: list[dict[str, str]] = field(default_factory=list)


def look(candidates: Iterable[Candidate], government: Unit) -> dict[int, Matched]:
    """Compare facts with the register of a government; facts by their id."""
    found = {candidate.pk: Matched() for candidate in candidates}
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    for kind, own in by_kind.items():
        if compare := _COMPARERS.get(kind):
            found |= compare(own, government)
    return found


def period(fields: dict[str, Any], name: str) -> Period | None:
    """Return a fact's date as a period, if the text settles it."""
    told = fields.get(name) or {}
    return None if told.get("open") else period_of(str(told.get("value", "")))


def _partners(fields: dict[str, Any]) -> set[int]:
    return {told["id"] for told in fields.get("theirs", [])}


def _standing(model: type[Any], government: Unit) -> Any:
    return model.objects.filter(voided_at=None, unit__path__startswith=government.path)


def _agreements(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    theirs = {pk for one in candidates for pk in _partners(one.fields)}
    regions = {one.fields["region"] for one in candidates if one.fields.get("region")}
    rows = (
        _standing(Agreement, government)
        .filter(Q(parties__organisation__in=theirs) | Q(partner_region__in=regions))
        .distinct()
        .prefetch_related("parties")
    )
    known = list(rows) if theirs or regions else []
    return {one.pk: _agreement(one, known) for one in candidates}


def _agreement(candidate: Candidate, known: list[Agreement]) -> Matched:
    fields, signed = candidate.fields, period(candidate.fields, "signed")
    partners, region = _partners(fields), fields.get("region")
    kind = fields.get("kind", {}).get("value")
    alike = [
        row
        for row in known
        if row.kind == kind
        and (_shares(row, partners) or (region and row.partner_region_id == region))
    ]
    for row in alike:
        if _overlap(signed, row.signed):
            return Matched(Match.SAME, row)
    for row in alike:
        if signed and row.signed is None:
            return Matched(Match.UPDATE, row, [_compared("signed", signed, None)])
        if signed is None and (kind in _ONLY_ONE or candidate.status == "existing"):
            return Matched(Match.SAME, row)
        if signed and (kind in _ONLY_ONE or _apart(signed, row.signed) <= _NEAR):
            return Matched(Match.CONTRADICTION, row, [_compared("signed", signed, row.signed)])
    return Matched()


def _shares(row: Agreement, partners: set[int]) -> bool:
    return bool(partners & {party.organisation_id for party in row.parties.all()})


def _bodies(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    theirs = {pk for one in candidates for pk in _partners(one.fields)}
    regions = {one.fields["region"] for one in candidates if one.fields.get("region")}
    rows = (
        _standing(Body, government)
        .filter(
            Q(agreement__parties__organisation__in=theirs)
            | Q(agreement__partner_region__in=regions),
            ended_on=None,
        )
        .distinct()
        .select_related("agreement")
        .prefetch_related("agreement__parties")
    )
    known = list(rows) if theirs or regions else []
    return {one.pk: _body(one, known) for one in candidates}


def _body(candidate: Candidate, known: list[Body]) -> Matched:
    partners, region = _partners(candidate.fields), candidate.fields.get("region")
    for row in known:
        if _shares(row.agreement, partners) or row.agreement.partner_region_id == region:
            return Matched(Match.SAME, row)
    return Matched()


def _engagements(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    days = [when for one in candidates if (when := period(one.fields, "when"))]
    if not days:
        return {one.pk: Matched() for one in candidates}
    rows = (
        _standing(Engagement, government)
        .filter(
            starts_on__lte=max(day.last for day in days) + _NEAR_MEETING,
            ends_on__gte=min(day.first for day in days) - _NEAR_MEETING,
        )
        .exclude(state=Engagement.State.CANCELLED)
        .prefetch_related("delegations")[:300]
    )
    known = list(rows)
    return {one.pk: _engagement(one, known) for one in candidates}


# Words that reporters use for one and the same encounter.
_FAMILY = {
    "visit": "visit", "delegation": "visit", "fam_tour": "visit", "courtesy_call": "meeting",
    "meeting": "meeting", "roundtable": "meeting", "session": "meeting", "forum": "forum",
    "video_conference": "meeting", "ceremony": "ceremony", "training": "training",
}  # fmt: skip


def _engagement(candidate: Candidate, known: list[Engagement]) -> Matched:
    when, partners = period(candidate.fields, "when"), _partners(candidate.fields)
    region = candidate.fields.get("region")
    family = _FAMILY.get(candidate.fields.get("kind", {}).get("value", ""))
    if when is None:
        return Matched()
    for row in known:
        met = {delegation.organisation_id for delegation in row.delegations.all()}
        near = bool(met & partners) or (region is not None and row.region_id == region)
        if _FAMILY.get(row.kind) != family or not near:
            continue
        if _overlap(when, row.when):
            return _held(candidate, row)
        if met & partners:
            return Matched(Match.CONTRADICTION, row, [_compared("when", when, row.when)])
    return Matched()


def _held(candidate: Candidate, row: Engagement) -> Matched:
    """What was planned and is now told as held adds to the record."""
    if candidate.status == "held" and row.state == Engagement.State.PLANNED:
        told = {"what": "state", "one": "held", "other": "planned"}
        return Matched(Match.UPDATE, row, [told])
    return Matched(Match.SAME, row)


def _commitments(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    theirs = {pk for one in candidates for pk in _partners(one.fields)}
    due = [when for one in candidates if (when := period(one.fields, "due"))]
    near = Q(organisation__in=theirs)
    for when in due:
        near |= Q(due_on__range=(when.first, when.last))
    rows = _standing(Commitment, government).filter(near).order_by("-pk")[:400]
    known = list(rows) if theirs or due else []
    told = [(row, [_letters(text) for text in (row.words, row.words_original)]) for row in known]
    return {one.pk: _commitment(one, told) for one in candidates}


def _letters(text: str) -> set[str]:
    """The pairs of letters of a text: two tellings of one promise share most of them."""
    folded = names.organisation_key(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _commitment(candidate: Candidate, known: list[tuple[Commitment, list[set[str]]]]) -> Matched:
    words = _letters(str(candidate.fields.get("words", {}).get("value", "")))
    due = period(candidate.fields, "due")
    for row, told in known:
        if max(_alike(words, letters) for letters in told) < _ALIKE:
            continue
        if due is None or _overlap(due, row.due):
            return Matched(Match.SAME, row)
        match = Match.UPDATE if row.due is None else Match.CONTRADICTION
        return Matched(match, row, [_compared("due", due, row.due)])
    return Matched()


def _people(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    keys = {key for one in candidates for key in names.person_keys(_name(one))}
    aliases = Alias.objects.filter(key__in=keys, person__isnull=False)
    by_key: dict[str, list[int]] = {}
    for key, person in aliases.values_list("key", "person"):
        by_key.setdefault(key, []).append(person)
    rows = parties.people().filter(pk__in={pk for pks in by_key.values() for pk in pks})
    known = {row.pk: row for row in rows.prefetch_related("positions__organisation", "aliases")}
    found = {}
    for one in candidates:
        pks = [pk for key in names.person_keys(_name(one)) for pk in by_key.get(key, [])]
        found[one.pk] = _person(one, [known[pk] for pk in dict.fromkeys(pks) if pk in known])
    return found


def _results(candidates: list[Candidate], government: Unit) -> dict[int, Matched]:
    """Find figures that were noted before, from another telling of the same story."""
    told = {one.pk: results.figures(one) for one in candidates}
    asked = Q()
    for figures in told.values():
        asked |= Q(**{name: value for name, value in figures.items() if value is not None})
    known = list(_standing(Published, government).filter(asked).order_by("-pk")[:50])
    return {one.pk: _noted(one, told[one.pk], known) for one in candidates}


def _noted(candidate: Candidate, figures: dict[str, Any], known: list[Published]) -> Matched:
    edition = results.edition(candidate)
    for row in known:
        same = all(getattr(row, name) == value for name, value in figures.items())
        if row.edition == edition and same and any(figures.values()):
            return Matched(Match.SAME, row)
    return Matched()


def _name(candidate: Candidate) -> str:
    return str(candidate.fields.get("name", {}).get("q", ""))


def _person(candidate: Candidate, known: list[Person]) -> Matched:
    name, title = _name(candidate), candidate.fields.get("title", {}).get("q", "")
    for row in known:
        spelt = {alias.name for alias in row.aliases.all()}
        if not any(names.same_person(name, other) for other in spelt):
            continue
        held = [one for one in row.positions.all() if one.until is None]
        if not title or any(_same_title(title, {one.title_ko, one.title_en}) for one in held):
            return Matched(Match.SAME, row)
        told = {"what": "title", "one": title, "other": ", ".join(str(one) for one in held)}
        return Matched(Match.UPDATE, row, [told])
    return Matched()


def _same_title(title: str, known: set[str]) -> bool:
    folded = names.organisation_key(title)
    keys = {names.organisation_key(one) for one in known if one}
    return any(folded == key or folded.endswith(key) or key.endswith(folded) for key in keys)


def _overlap(one: Period | None, other: Period | None) -> bool:
    return bool(one and other and one.first <= other.last and other.first <= one.last)


def _apart(one: Period | None, other: Period | None) -> timedelta:
    if not one or not other:
        return timedelta.max
    return max(other.first - one.last, one.first - other.last)


def _compared(what: str, one: Period | None, other: Period | None) -> dict[str, str]:
    return {"what": what, "one": written(one), "other": written(other)}


def written(value: Period | None) -> str:
    """Write a period so that it can be kept and read again: first day, last day, precision."""
    return f"{value.first}|{value.last}|{value.precision}" if value else ""


Comparer = Callable[[list[Candidate], Unit], dict[int, Matched]]
_COMPARERS: dict[str, Comparer] = {
    Kind.AGREEMENT: _agreements,
    Kind.BODY: _bodies,
    Kind.ENGAGEMENT: _engagements,
    Kind.COMMITMENT: _commitments,
    Kind.PERSON: _people,
    Kind.RESULT: _results,
}
