"""The record of a government's agreements, read once and asked for the roll of any day."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement, Body, Party, StatusChange
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation, Person, Region
from gyoryu.register import rules
from gyoryu.register.models import Default, Level, Rule
from gyoryu.register.rolls import past, rows
from gyoryu.register.rolls.past import Event, Held, Side, Signature, Step
from gyoryu.register.rolls.rows import Around, Beside, Named

FIELDS = (
    "kind", "title_ko", "title_en", "signed_first", "signed_on", "signed_precision", "place",
    "method", "term_months", "renewal", "ends_on", "parent", "replaced_by", "partner_region",
    "status", "status_since",
)  # fmt: skip
REGIONS = ("place__parent__parent", "partner_region__parent__parent")
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


def read(
    government: Unit,
    *,
    known: datetime,
    earliest: date,
    unpublished: bool = False,
    only: int | None = None,
) -> Record:
    """Read all that the register can say of a government's agreements from a day on.

    ``only`` reads one agreement and those it names.
    """
    chosen = _chosen(government, only)
    kind = ContentType.objects.get_for_model(Agreement)
    entries = Entry.objects.filter(model=kind)
    twins = Agreement.objects.filter(
        number=OuterRef("number"), unit__path__startswith=government.path, pk__lt=OuterRef("pk")
    )
    told = entries.filter(record=OuterRef("pk"), at__lte=known)
    agreements = list(
        chosen.select_related("unit", "publication_rule", *REGIONS)
        .annotate(twin=Exists(twins), told=Exists(told))
        .order_by("pk")
    )
    keys = chosen.order_by().values("pk")
    courses = _courses(keys)
    parties, around = _parties(keys)
    events = _events(entries.filter(record__in=keys), courses, known, earliest)
    _complete(around, events, known, unpublished=unpublished)
    around.regions.update(_regions(agreements, events))
    held_rules = {
        one.pk: one.publication_rule for one in agreements if hasattr(one, "publication_rule")
    }
    areas = _areas(keys, around)
    return Record(
        government,
        known,
        unpublished,
        agreements,
        courses,
        parties,
        areas,
        events,
        around,
        held_rules,
        {**rules.SHIPPED, **policy(government)},
        _bodies(keys, known),
        # Which documents were public in a month that nobody published, nothing tells.
        {} if unpublished else _documents(held_rules.values()),
    )


def policy(government: Unit) -> dict[str, rules.Shown]:
    """Return how far a government publishes its agreements by kind, where it has said so."""
    return {one.kind: (one.level, one.ground) for one in Default.objects.filter(unit=government)}


def _chosen(government: Unit, only: int | None) -> QuerySet[Agreement]:
    within = Agreement.objects.filter(unit__path__startswith=government.path)
    if only is None:
        return within
    # Apart from the joins, which would show an agreement once for each child.
    named = Agreement.objects.filter(Q(pk=only) | Q(children=only) | Q(replaces=only))
    return within.filter(pk__in=named.order_by().values("pk"))


def _courses(keys: QuerySet[Any, Any]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    rows = StatusChange.objects.filter(agreement__in=keys).order_by("on", "pk")
    for pk, status, on, reason, at in rows.values_list("agreement", "status", "on", "reason", "at"):
        found[pk].append(Step(status, on, reason, at))
    return found


ORGANISATION = ("name_ko", "name_en", "kind")
PERSON = ("name_ko", "name_en")


def _parties(keys: QuerySet[Any, Any]) -> tuple[dict[int, list[Side]], Around]:
    """Read parties with who signed for them, in one query: a line a signature."""
    around = Around()
    lines = Party.objects.filter(agreement__in=keys).order_by("order", "pk", "signatories__pk")
    sides: dict[int, tuple[int, Side]] = {}
    for one in lines.values(
        "pk", "agreement", "organisation", "side", "signatories__person", "signatories__title",
        *(f"organisation__{name}" for name in ORGANISATION),
        *(f"signatories__person__{name}" for name in PERSON),
        "signatories__position__title_ko", "signatories__position__title_en",
    ):  # fmt: skip
        key = one["organisation"]
        around.organisations[key] = Named(*(one[f"organisation__{name}"] for name in ORGANISATION))
        fresh = (one["agreement"], Side(key, one["side"]))
        agreement, side = sides.get(one["pk"], fresh)
        sides[one["pk"]] = agreement, _with_signature(side, one, around)
    found: dict[int, list[Side]] = defaultdict(list)
    for agreement, side in sides.values():
        found[agreement].append(side)
    return found, around


def _with_signature(side: Side, one: dict[str, Any], around: Around) -> Side:
    person = one["signatories__person"]
    if person is None:
        return side
    around.people[person] = Named(*(one[f"signatories__person__{name}"] for name in PERSON))
    titles = tuple(one[f"signatories__position__title_{end}"] or "" for end in ("ko", "en"))
    signature = Signature(person, one["signatories__title"], (titles[0], titles[1]))
    return replace(side, signatures=(*side.signatures, signature))


def _events(
    entries: QuerySet[Entry], courses: dict[int, list[Step]], known: datetime, earliest: date
) -> dict[int, list[Event]]:
    """Read what is to be taken back: what came later, and the steps that lie after a day."""
    ahead = [pk for pk, steps in courses.items() if any(one.on > earliest for one in steps)]
    wanted = Q(at__gt=known) | Q(record__in=ahead, verb__in=past.STEPS)
    found: dict[int, list[Event]] = defaultdict(list)
    rows = entries.filter(wanted).order_by("at", "pk")
    for pk, at, verb, changes, reason in rows.values_list(
        "record", "at", "verb", "changes", "reason"
    ):
        found[pk].append(Event(at, verb, changes, reason))
    return found


def _complete(
    around: Around, events: dict[int, list[Event]], known: datetime, *, unpublished: bool
) -> None:
    """Add the names of parties and people who have gone, and take later renamings back."""
    gone: Counter[tuple[str, int]] = Counter()
    for event in (one for told in events.values() for one in told):
        for name in ("party", "person"):
            pair = event.changes.get(name) or [None]
            if key := _key(pair[0]):
                gone[name, key] += 1
    for name, model, there in (
        ("party", Organisation, around.organisations),
        ("person", Person, around.people),
    ):
        keys = [key for kind, key in gone if kind == name and key not in there]
        if keys:
            there.update({row.pk: named(row) for row in model.objects.filter(pk__in=keys)})
        if unpublished:
            _rename(model, there, known)


def _key(told: Any) -> int | None:
    return past.key(told) if told else None


def _rename(model: Any, there: dict[int, Named], known: datetime) -> None:
    kind = ContentType.objects.get_for_model(model)
    later = Entry.objects.filter(model=kind, record__in=list(there), at__gt=known)
    for entry in later.order_by("-at", "-pk"):
        names = {
            own: entry.changes[name][0] or ""
            for own, name in (("ko", "name_ko"), ("en", "name_en"))
            if len(entry.changes.get(name) or []) == 2
        }
        if names:
            was = there[entry.record]
            there[entry.record] = Named(names.get("ko", was.ko), names.get("en", was.en), was.kind)


def _regions(agreements: list[Any], events: dict[int, list[Event]]) -> dict[int, Named]:
    found = {
        row.pk: _region(row)
        for one in agreements
        for row in (one.place, one.partner_region)
        if row is not None
    }
    wanted = {
        key
        for told in events.values()
        for event in told
        for name in ("place", "partner_region")
        if (key := _key((event.changes.get(name) or [None])[0])) and key not in found
    }
    if wanted:
        gone = Region.objects.filter(pk__in=wanted).select_related("parent__parent")
        found.update({row.pk: _region(row) for row in gone})
    return found


def _region(row: Region) -> Named:
    """Name a region with its country, two steps above it at most."""
    top = row
    while top.parent is not None:
        top = top.parent
    under = Named(top.name_ko, top.name_en, code=top.code) if top is not row else None
    return Named(row.name_ko, row.name_en, row.kind, row.code, under)


def _areas(keys: QuerySet[Any, Any], around: Around) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    tied = Agreement.areas.through.objects.filter(agreement__in=keys)
    for pk, ko, en in tied.values_list("agreement", "area__name_ko", "area__name_en"):
        found[pk].append(ko)
        around.areas[ko] = en
    return found


def _bodies(keys: QuerySet[Any, Any], known: datetime) -> dict[int, list[Any]]:
    kind = ContentType.objects.get_for_model(Body)
    own = Entry.objects.filter(model=kind, record=OuterRef("pk"))
    rows = Body.objects.filter(agreement__in=keys).filter(
        Q(voided_at=None) | Q(voided_at__gt=known),
        Exists(own.filter(at__lte=known)) | ~Exists(own),
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for body in rows.order_by("pk"):
        found[body.agreement_id].append(body)
    return found


def _meets(body: Body, day: date) -> bool:
    begun = body.founded_on is None or body.founded_on <= day
    return begun and (body.ended_on is None or body.ended_on > day)


def _documents(held: Iterable[Rule]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    own = {rule.pk: rule.agreement_id for rule in held}
    tied = Rule.documents.through.objects.filter(rule__in=own).select_related("document")
    for tie in tied.order_by("document") if own else []:
        if not tie.document.voided_at and tie.document.file:
            found[own[tie.rule_id]].append(tie.document)
    return found


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
