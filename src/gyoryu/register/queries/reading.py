"""How the record of a government's agreements is read: few questions, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement, Area, Body, Party, StatusChange
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation, Person, Position, Region
from gyoryu.register import rules
from gyoryu.register.models import Default, Rule
from gyoryu.register.queries.record import Record, named
from gyoryu.register.rolls import past
from gyoryu.register.rolls.past import Event, Side, Signature, Step
from gyoryu.register.rolls.rows import Around, Named

REGIONS = ("place__parent__parent", "partner_region__parent__parent")


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
    areas = _areas(keys, around, events)
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
        "signatories__position",
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
    position = one["signatories__position"]
    if position is not None:
        titles = (one[f"signatories__position__title_{end}"] for end in ("ko", "en"))
        around.positions[position] = Named(*titles)
    signature = Signature(person, one["signatories__title"], position)
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
    gone: set[tuple[str, int]] = set()
    for event in (one for told in events.values() for one in told):
        for name in ("party", "person", "position"):
            pair = event.changes.get(name) or [None]
            if key := _key(pair[0]):
                gone.add((name, key))
    _titles(gone, around)
    for name, model, there in (
        ("party", Organisation, around.organisations),
        ("person", Person, around.people),
    ):
        keys = [key for kind, key in gone if kind == name and key not in there]
        if keys:
            there.update({row.pk: named(row) for row in model.objects.filter(pk__in=keys)})
        if unpublished:
            _rename(model, there, known)


def _titles(gone: Iterable[tuple[str, int]], around: Around) -> None:
    keys = [key for kind, key in gone if kind == "position" and key not in around.positions]
    if keys:
        for row in Position.objects.filter(pk__in=keys):
            around.positions[row.pk] = Named(row.title_ko, row.title_en)


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


def _areas(
    keys: QuerySet[Any, Any], around: Around, events: dict[int, list[Event]]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    tied = Agreement.areas.through.objects.filter(agreement__in=keys)
    for pk, ko, en in tied.values_list("agreement", "area__name_ko", "area__name_en"):
        found[pk].append(ko)
        around.areas[ko] = en
    # One that was taken away since is named by the history in Korean alone.
    if any("areas" in event.changes for told in events.values() for event in told):
        around.areas.update(Area.objects.values_list("name_ko", "name_en"))
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


def _documents(held: Iterable[Rule]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    own = {rule.pk: rule.agreement_id for rule in held}
    tied = Rule.documents.through.objects.filter(rule__in=own).select_related("document")
    for tie in tied.order_by("document") if own else []:
        if not tie.document.voided_at and tie.document.file:
            found[own[tie.rule_id]].append(tie.document)
    return found
