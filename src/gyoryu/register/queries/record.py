"""The record of a government's agreements, read once and asked for the roll of any day."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Body
from gyoryu.register import rules
from gyoryu.register.models import Level
from gyoryu.register.rolls import past, rows
from gyoryu.register.rolls.past import Event, Held, Side, Signature, Step
from gyoryu.register.rolls.rows import Around, Beside, Named

FIELDS = (
    "kind", "title_ko", "title_en", "signed_first", "signed_on", "signed_precision", "place",
    "method", "term_months", "renewal", "ends_on", "parent", "replaced_by", "partner_region",
    "status", "status_since",
)  # fmt: skip
UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Kept:
    """A row of a roll: whose it is, and whether the agreement was written down only later."""

    agreement: int
    row: dict[str, Any]
    later: bool = False


@dataclass
class Record:
    """What was read. ``known`` is the moment up to which it counts.

    ``unpublished`` asks for a month that nobody published: then an agreement written down only
    later is told by what is known now, because no history says what was known of it then.
    """

    government: Unit
    known: datetime
    unpublished: bool
    agreements: list[Any]
    courses: dict[int, list[Step]]
    parties: dict[int, list[Side]]
    areas: dict[int, list[str]]
    events: dict[int, list[Event]]
    around: Around
    own_rules: dict[int, Any]
    defaults: dict[str, rules.Shown]
    bodies: dict[int, list[Any]]
    documents: dict[int, list[Any]] = field(default_factory=dict)

    def roll(self, day: date) -> list[Kept]:
        """Return the rows of the register of a day, by their keys."""
        standing = [(one, self._stands(one, day)) for one in self.agreements]
        found = [(one, *told) for one, told in standing if told]
        shown = {one.pk: self._shown(one, held) for one, held, _, _ in found}
        self.around.agreements.clear()
        self.around.agreements.update(
            {pk: self.keys[pk] for pk, rule in shown.items() if rule[0] != Level.WITHHELD}
        )
        kept = [
            Kept(one.pk, self._row(one, held, stands, shown[one.pk], day), later)
            for one, held, stands, later in found
        ]
        return sorted(kept, key=lambda one: str(one.row["key"]))

    @cached_property
    def keys(self) -> dict[int, str]:
        """How the public names each agreement: its number; a twin has its own key behind it."""
        plain = {one.pk: UNSAFE.sub("-", one.number) for one in self.agreements}
        return {
            one.pk: f"{plain[one.pk]}-{one.pk}" if one.twin else plain[one.pk]
            for one in self.agreements
        }

    def _stands(self, one: Any, day: date) -> tuple[Held, past.Standing, bool] | None:
        later = not one.told and bool(self.events[one.pk])
        if later and not self.unpublished:
            return None
        known = datetime.max.replace(tzinfo=self.known.tzinfo) if later else self.known
        if one.voided_at and one.voided_at <= known:
            return None
        held = past.as_it_was(
            self._held(one), self.events[one.pk], day=day, known=known, called=self._called
        )
        if not self.courses[one.pk] and (held.fields["status_since"] or day) > day:
            return None
        # Steps there were, but none of them by that day.
        if self.courses[one.pk] and not held.steps:
            return None
        stands = past.standing(held)
        return (held, stands, later) if stands else None

    def _held(self, one: Any) -> Held:
        fields = {
            name: getattr(one, f"{name}_id" if name in past.KEYS else name) for name in FIELDS
        }
        rule = self.own_rules.get(one.pk)
        fields["publication"], fields["ground"] = (rule.level, rule.ground) if rule else ("", "")
        return Held(
            fields,
            tuple(self.areas[one.pk]),
            tuple(self.parties[one.pk]),
            tuple(self.courses[one.pk]),
        )

    def _shown(self, one: Any, held: Held) -> rules.Shown:
        policy = self.defaults.get(one.kind, rules.OPEN)
        rule = self.own_rules.get(one.pk)
        now = (rule.level, rule.ground) if rule else policy
        level = held.fields["publication"]
        then = (level, held.fields["ground"]) if level else policy
        return rules.stricter(then, now)

    def _row(
        self, one: Any, held: Held, stands: past.Standing, shown: rules.Shown, day: date
    ) -> dict[str, Any]:
        beside = Beside(
            named(one.unit),
            tuple(told_body(body) for body in self.bodies[one.pk] if _meets(body, day)),
            tuple(told_document(each) for each in self.documents.get(one.pk, [])),
        )
        return rows.row(self.keys[one.pk], held, stands, shown, self.around, beside)

    def _called(self, party: Side, signature: Signature) -> set[str]:
        organisation = self.around.organisations.get(party.organisation)
        person = self.around.people.get(signature.person)
        if organisation is None or person is None:
            return set()
        return {
            f"{of}: {who} {signature.title}".strip()
            for of in organisation.told().values()
            for who in person.told().values()
        }


def named(row: Any) -> Named:
    """Name a record by its two names."""
    return Named(row.name_ko, row.name_en, getattr(row, "kind", ""))


def told_body(body: Body) -> dict[str, Any]:
    """Tell a consultative body."""
    return {
        "name": named(body).told(),
        "cadence_months": body.cadence_months,
        "founded_on": body.founded_on.isoformat() if body.founded_on else None,
    }


def told_document(document: Any) -> dict[str, Any]:
    """Tell a document that was marked as public; its key is part of its address."""
    return {
        "key": document.pk,
        "title": document.title,
        "dated": document.dated.isoformat() if document.dated else None,
        "sha256": document.sha256,
        "size": document.size,
        "type": document.content_type,
    }


def _meets(body: Body, day: date) -> bool:
    begun = body.founded_on is None or body.founded_on <= day
    return begun and (body.ended_on is None or body.ended_on > day)
