"""What the register would be told if a fact were accepted as it was read.

A proposal holds the values that the actions of agreements and parties take. What only a person can
say (signed or not, whose promise) is left empty where the article leaves it open.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import translation

from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.base import names
from gyoryu.newsroom.models import Article, Candidate
from gyoryu.newsroom.queries import matching, results
from gyoryu.newsroom.queries.beside import Beside
from gyoryu.newsroom.text.times import KST
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation, Region
from gyoryu.trade.queries.published import likely

Kind = Candidate.Kind
Values = dict[str, Any]
# What an agreement may have grown out of.
_ROOTS = ["sisterhood", "friendship"]


@dataclass
class Proposals:
    """The proposals for the facts of one article, with the records they name fetched together."""

    article: Article
    candidates: list[Candidate]
    known_accepted: dict[type[Model], list[Model]] | None = None
    _made: dict[int, Values] = field(default_factory=dict)

    def of(self, candidate: Candidate) -> Values:
        """Return what the register would be told of a fact."""
        if candidate.pk not in self._made:
            make = _MAKERS.get(candidate.kind)
            self._made[candidate.pk] = make(self, candidate) if make else {}
        return self._made[candidate.pk]

    @cached_property
    def organisations(self) -> dict[int, Organisation]:
        """The organisations that any of the facts name."""
        ids = set()
        for one in self.candidates:
            told = [*one.fields.get("ours", []), *one.fields.get("theirs", [])]
            ids |= {int(side["id"]) for side in told} | {int(one.fields.get("ourselves", 0))}
        return parties.organisations().in_bulk(list(ids))

    @cached_property
    def regions(self) -> dict[int, Region]:
        """The partners' regions that any of the facts name."""
        # A region is asked for only where it stands in for an organisation nobody knows.
        ids = {
            one.fields["region"]
            for one in self.candidates
            if one.fields.get("region") and not one.fields.get("theirs")
        }
        return parties.regions().in_bulk(list(ids)) if ids else {}

    @cached_property
    def beside(self) -> Beside:
        """The agreements and bodies that stand beside the facts."""
        return Beside(self.article, self.candidates)

    @cached_property
    def accepted(self) -> dict[type[Model], list[Model]]:
        """What accepting other facts of this article has made, by model."""
        if self.known_accepted is not None:
            return self.known_accepted
        made: dict[int, list[int]] = {}
        rows = Candidate.objects.filter(
            article=self.article, state__in=["accepted", "edited"]
        ).values_list("made_model", "made")
        for model, record in rows:
            if record is None:
                continue
            made.setdefault(model, []).append(record)
        found: dict[type[Model], list[Model]] = {}
        for model, records in made.items():
            kind: Any = ContentType.objects.get_for_id(model).model_class()
            if kind in (Agreement, Engagement, Body):
                rows_made = kind.objects.filter(pk__in=records, voided_at=None)
                found[kind] = list(rows_made.order_by("pk"))
        return found

    def body_of(self, candidate: Candidate) -> Body | None:
        """Return the body that a meeting was a session of, if there is just one it can be."""
        if not candidate.fields.get("of_body"):
            return None
        own: Body | None = self.only(Body)
        found = [
            row
            for row in self.beside.bodies.values()
            if not row.ended_on
            and not row.voided_at
            and self.beside.with_partner(candidate, row.agreement)
        ]
        return own or (found[0] if len(found) == 1 else None)

    def sides(self, candidate: Candidate) -> tuple[list[Organisation], list[Organisation]]:
        """Return our and their organisations of a fact; we are always there."""
        ours, theirs = (
            [
                self.organisations[t["id"]]
                for t in candidate.fields.get(name, [])
                if t["id"] in self.organisations
            ]
            for name in ("ours", "theirs")
        )
        ourselves = self.organisations.get(candidate.fields.get("ourselves", 0))
        return ours or ([ourselves] if ourselves else []), theirs

    def root_of(self, candidate: Candidate) -> Agreement | None:
        """Return the one sisterhood or friendship with the partner, if there is just one."""
        found = [row for row in self._of_partner(candidate) if row.kind in _ROOTS]
        return found[0] if len(found) == 1 else None

    def signed_with(self, candidate: Candidate) -> Agreement | None:
        """Return the newest signed agreement with the partner, one of this article's first."""
        own: list[Any] = list(self.accepted.get(Agreement, []))
        rows: list[Agreement] = [row for row in own if row.signed_on]
        rows = rows or [row for row in self._of_partner(candidate) if row.signed_on]
        return max(rows, key=lambda row: (row.signed_on, row.pk), default=None)

    def _of_partner(self, candidate: Candidate) -> list[Agreement]:
        return [row for row in self.beside.roots if self.beside.with_partner(candidate, row)]

    def only(self, model: type[Any]) -> Any:
        """Return the one record of a model that this article has made, or none."""
        found = self.accepted.get(model, [])
        return found[0] if len(found) == 1 else None


def of(candidate: Candidate) -> Values:
    """Return what the register would be told of one fact."""
    return Proposals(candidate.article, [candidate]).of(candidate)


def held_by(candidate: Candidate, values: Values) -> list[str]:
    """Return the names of what only a person can fill in or choose before a fact is accepted."""
    needed = {
        Kind.AGREEMENT: ("kind", "title_ko", "theirs"),
        Kind.BODY: ("agreement", "name_ko"),
        Kind.ENGAGEMENT: ("kind", "title_ko", "when"),
        Kind.COMMITMENT: ("words", "side"),
        Kind.PERSON: ("name_ko",),
        Kind.SUPPORT: ("programme",),
        Kind.RESULT: ("event",),
    }.get(Kind(candidate.kind), ())
    missing = [name for name in needed if not values.get(name)]
    if candidate.kind == Kind.PERSON and values.get("name_en"):
        missing = []
    return missing


def _title(candidate: Candidate, known: Proposals, labels: dict[str, str]) -> dict[str, str]:
    """Name a record in both languages by its partners and kind, or as the article names it."""
    ours, theirs = known.sides(candidate)
    region = known.regions.get(candidate.fields.get("region") or 0)
    titles = {}
    for language in ("ko", "en"):
        partner: Any = theirs[0] if theirs else region
        sides = [side for row in (*ours[:1], partner) if (side := _named(row, language))]
        titles[language] = f"{'–'.join(sides)} {labels[language]}".strip()
    told = candidate.fields.get("name", {}).get("q", "")
    if told and known.article.language in titles:
        titles[known.article.language] = told
    return {f"title_{language}": title[:200] for language, title in titles.items()}


def _named(row: Any, language: str) -> str:
    if row is None:
        return ""
    return str(getattr(row, f"name_{language}") or row.name_en or row.name_ko)


def labels(choice: Any) -> dict[str, str]:
    """Return a choice's words in both languages, the English ones in the middle of a title."""
    found = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found[language] = str(choice.label) if choice else ""
    found["en"] = found["en"] if found["en"].isupper() else found["en"].lower()
    return found


def _agreement(known: Proposals, candidate: Candidate) -> Values:
    fields = candidate.fields
    kind = fields.get("kind", {}).get("value", "")
    ours, theirs = known.sides(candidate)
    return {
        "kind": kind,
        **_title(candidate, known, labels(Agreement.Kind(kind) if kind else None)),
        "signed": matching.period(fields, "signed"),
        "ours": ours,
        "theirs": theirs,
        "place_note": str(fields.get("place", {}).get("q", ""))[:200],
        "parent": known.root_of(candidate) if kind not in _ROOTS else None,
        "standing": "",
    }


def _body(known: Proposals, candidate: Candidate) -> Values:
    title = _title(candidate, known, {"ko": "공동협의체", "en": "Joint Consultative Body"})
    founded = matching.period(candidate.fields, "signed")
    cadence = str(candidate.fields.get("cadence", {}).get("value", ""))
    times = int(cadence[0]) if cadence[:1].isdigit() and cadence[0] != "0" else 1
    return {
        "agreement": known.signed_with(candidate),
        "name_ko": title["title_ko"],
        "name_en": title["title_en"],
        "cadence_months": max(1, 12 // times),
        "founded_on": founded.first if founded and founded.first == founded.last else None,
    }


def _engagement(known: Proposals, candidate: Candidate) -> Values:
    fields = candidate.fields
    kind = fields.get("kind", {}).get("value", "")
    chosen = Engagement.Kind(kind) if kind in Engagement.Kind.values else None
    _ours, theirs = known.sides(candidate)
    when = matching.period(fields, "when")
    return {
        "kind": chosen.value if chosen else "",
        **_met(candidate, known, labels(chosen)),
        "when": when,
        "state": "planned" if candidate.status == "planned" else "held",
        "theirs": theirs,
        "body": known.body_of(candidate),
        "venue": str(fields.get("place", {}).get("q", ""))[:200],
        "size": _count(fields.get("headcount", {})),
        "summary": "",
    }


def _met(candidate: Candidate, known: Proposals, words: dict[str, str]) -> dict[str, str]:
    """Name a contact by whom it was with: "State of Utah: visit"; or by the article's headline."""
    _ours, theirs = known.sides(candidate)
    partner = theirs[0] if theirs else known.regions.get(candidate.fields.get("region") or 0)
    if partner is None:
        own = known.article.title[:200]
        return {"title_ko": own, "title_en": own if known.article.language == "en" else ""}
    return {
        "title_ko": f"{_named(partner, 'ko')} {words['ko']}"[:200],
        "title_en": f"{words['en'].capitalize()}: {_named(partner, 'en')}"[:200],
    }


def _count(told: Values) -> int | None:
    digits = str(told.get("value", "")).rstrip("+")
    return int(digits) if digits.isdigit() and int(digits) < 10_000 else None


def _commitment(known: Proposals, candidate: Candidate) -> Values:
    fields = candidate.fields
    _ours, theirs = known.sides(candidate)
    side = fields.get("side", {}).get("value", "")
    return {
        "words": names.nfc(fields.get("words", {}).get("value", "")),
        "side": side if side in Side.values else "",
        "due": matching.period(fields, "due"),
        "organisation": theirs[0] if theirs else None,
        "agreement": known.only(Agreement),
        "engagement": known.only(Engagement),
        "body": known.only(Body),
    }


def _person(known: Proposals, candidate: Candidate) -> Values:
    fields, language = candidate.fields, known.article.language
    name, _, gloss = str(fields.get("name", {}).get("q", "")).partition("(")
    other = "en" if language == "ko" else "ko"
    ours, theirs = known.sides(candidate)
    # The office of the same sentence, and only if there is just one it can be.
    of = [*theirs, *(ours if candidate.fields.get("ours") else [])]
    return {
        f"name_{language if language in ('ko', 'en') else 'en'}": name.strip(),
        f"name_{other}": gloss.rstrip(") ") if gloss.isascii() or other == "ko" else "",
        "title": str(fields.get("title", {}).get("q", ""))[:120],
        "organisation": of[0] if len(of) == 1 else None,
    }


def _support(known: Proposals, candidate: Candidate) -> Values:
    """Tell what was announced of a programme; which programme it is, only a person can say."""
    fields = candidate.fields
    limits = [won for told in fields.get("ceiling", []) if (won := _won(told))]
    counts = [str(told.get("value", "")) for told in fields.get("counts", [])]
    covers = ", ".join(str(told.get("q", "")) for told in fields.get("covers", []))
    return {
        "programme": None,
        "name": str(fields.get("program", {}).get("q", ""))[:200],
        "budget": _won(fields.get("budget", {})),
        "ceiling": limits[0] if limits else None,
        "number": int(counts[0].rpartition("=")[2]) if counts else None,
        "covers": covers[:300],
    }


def _won(told: Values) -> int | None:
    """Return an amount that the article gives in won; of a span of amounts its upper end.

    Ceilings are written "per company max KRW 12000000 (was 8000000)".
    """
    found = re.search(r"\bKRW (?:\d+-)?(\d+)", str(told.get("value", "")))
    return int(found[1]) if found else None


def _result(known: Proposals, candidate: Candidate) -> Values:
    """Tell what the article says of an event's results, and which event it may be of.

    The one event that stands out is proposed with the reasons; a person agrees or chooses.
    """
    found = likely(known.article.government, results.reading(candidate, known.article))
    first = found[0] if found and found[0].sure else None
    if first and len(found) > 1 and found[1].points == first.points:
        first = None
    return {
        "event": first.event if first else None,
        "reasons": first.reasons if first else (),
        "likely": found,
        "edition": results.edition(candidate),
        "on": published_on(known.article),
        **results.figures(candidate),
    }


_MAKERS: dict[str, Any] = {
    Kind.AGREEMENT: _agreement,
    Kind.BODY: _body,
    Kind.ENGAGEMENT: _engagement,
    Kind.COMMITMENT: _commitment,
    Kind.PERSON: _person,
    Kind.SUPPORT: _support,
    Kind.RESULT: _result,
}


def record_of(candidate: Candidate) -> Model | None:
    """Return the record that a fact was matched with, if it still stands."""
    if not candidate.model_id or not candidate.record:
        return None
    model: Any = ContentType.objects.get_for_id(candidate.model_id).model_class()
    found: Model | None = model.objects.filter(pk=candidate.record, voided_at=None).first()
    return found


def made_of(candidate: Candidate) -> Model | None:
    """Return the record that accepting a fact made or touched."""
    if not candidate.made_model_id or not candidate.made:
        return None
    model: Any = ContentType.objects.get_for_id(candidate.made_model_id).model_class()
    found: Model | None = model.objects.filter(pk=candidate.made).first()
    return found


def published_on(article: Article) -> Any:
    """Return the day an article was published in Korea, or none."""
    return article.published.astimezone(KST).date() if article.published else None
