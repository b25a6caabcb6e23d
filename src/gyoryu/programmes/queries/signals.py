"""Signals: what an auditor would look at first. Each shows its rows; none decides anything.

``signs`` says how each kind is looked for. What was found is kept (``actions.signals``), and
screens read only what is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Claim, Order, Programme, SignalFound, SignalNote, SignalRun
from gyoryu.programmes.queries.orders import LISTED
from gyoryu.programmes.queries.signs import ISLANDS, KINDS, SHOWN, Kind, Signal

# Of each kind where all kinds are shown.
FIRST = 10


def programmes(to: User) -> QuerySet[Programme]:
    """Return the programmes whose signals a user may see, newest first."""
    rows = Programme.objects.filter(voided_at=None).select_related("unit")
    return visible(rows, to, "programmes.signals").order_by("-first_year", "-pk")


def found(programme: Programme, kinds: Iterable[Kind] = KINDS) -> list[tuple[Kind, list[Signal]]]:
    """Look for the signals of a programme by kind; each has the newest note left on it."""
    asked = [(kind, kind.find(kind, programme.pk)) for kind in kinds]
    every = [one for _kind, signals in asked for one in signals]
    rows = Organisation.objects.in_bulk({pk for one in every for pk in one.organisations})
    notes = _notes(programme, every)
    told = {}
    for language in ("ko", "en"):
        with override(language):
            told[language] = {pk: str(row) for pk, row in rows.items()}

    def named(one: Signal, language: str) -> str:
        return one.what or " → ".join(told[language][pk] for pk in one.organisations)

    return [
        (
            kind,
            [
                replace(
                    one,
                    what_ko=named(one, "ko"),
                    what_en=named(one, "en"),
                    note=notes.get((one.kind, one.subject)),
                )
                for one in signals
            ],
        )
        for kind, signals in asked
    ]


@dataclass(frozen=True)
class Kept:
    """What was found of a kind: how many, and those of them that are shown."""

    kind: Kind
    count: int
    rows: list[SignalFound]


def run_of(programme: Programme) -> SignalRun | None:
    """Return when a programme was looked through, if it ever was."""
    return SignalRun.objects.filter(programme=programme).first()


def first(run: SignalRun) -> list[Kept]:
    """Return the first signals of each kind, as they were found."""
    held: dict[str, list[SignalFound]] = {kind.value: [] for kind in KINDS}
    rows = kept(run.programme).filter(place__lt=FIRST)
    for row in rows.order_by("kind", "place"):
        held[row.kind].append(row)
    return [Kept(kind, run.counts.get(kind.value, 0), held[kind.value]) for kind in KINDS]


def of_kind(run: SignalRun, kind: Kind) -> Kept:
    """Return all signals of a kind, as they were found."""
    rows = kept(run.programme).filter(kind=kind.value).order_by("place")
    return Kept(kind, run.counts.get(kind.value, 0), list(rows))


def kept(programme: Programme) -> QuerySet[SignalFound]:
    """Return the signals of a programme as they were found, each with its newest note."""
    return SignalFound.objects.filter(programme=programme).select_related("note__by")


def open_of(run: SignalRun) -> int:
    """Return how many signals nobody has cleared."""
    cleared = SignalFound.objects.filter(programme=run.programme_id, note__cleared=True)
    every: dict[str, int] = run.counts
    return sum(every.values()) - cleared.count()


def to_look_through(after: int, most: int) -> list[Programme]:
    """Return some programmes with orders or claims, by number, after a number."""
    ordered = Order.objects.filter(provider__programme=OuterRef("pk"))
    claimed = Claim.objects.filter(award__call__programme=OuterRef("pk"))
    rows = Programme.objects.filter(voided_at=None, pk__gt=after)
    return list(rows.filter(Exists(ordered) | Exists(claimed)).order_by("pk")[:most])


def _notes(programme: Programme, signals: list[Signal]) -> dict[tuple[str, str], SignalNote]:
    keys = {key_of(programme, one.subject): one.subject for one in signals}
    rows = SignalNote.objects.filter(subject__in=keys).select_related("by").order_by("pk")
    return {(row.kind, keys[row.subject]): row for row in rows}


def key_of(programme: Programme, subject: str) -> str:
    """Return under which key notes on a signal of a programme are kept."""
    return f"{programme.pk}/{subject}"


def notes_on(programme: Programme, kind: Kind, subject: str) -> QuerySet[SignalNote]:
    """Return the notes left on a signal, newest first."""
    rows = SignalNote.objects.filter(kind=kind.value, subject=key_of(programme, subject))
    return rows.select_related("by").order_by("-pk")


def one(programme: Programme, kind: Kind, subject: str) -> SignalFound | None:
    """Return a signal as it was found; none when its rows no longer gave it."""
    return kept(programme).filter(kind=kind.value, subject=subject).first()


def orders_of(programme: Programme, kind: Kind, subject: str) -> QuerySet[Order]:
    """Return the orders a signal is about, newest first."""
    rows = Order.objects.filter(provider__programme=programme, voided_at=None)
    rows = rows.exclude(status=Order.Status.CANCELLED).select_related(*LISTED).order_by("-pk")
    numbers = [int(part) for part in subject.split("-") if part.isdecimal() and len(part) < 19]
    if kind.value == "price" and len(numbers) == 1:
        return rows.filter(pk=numbers[0])
    if kind.value == "most" and len(numbers) == 1:
        return rows.filter(provider=numbers[0])
    if kind.value == "roles" and len(numbers) == 2:
        one, other = numbers
        between = {"provider__organisation": one, "voucher__award__organisation": other}
        back = {"provider__organisation": other, "voucher__award__organisation": one}
        return rows.filter(**between) | rows.filter(**back)
    if kind.value != "sequence" and len(numbers) == 2:
        return rows.filter(provider=numbers[0], voucher__award__organisation=numbers[1])
    return rows.none()


def claims_of(programme: Programme, kind: Kind, subject: str) -> QuerySet[Claim]:
    """Return the claims whose invoices follow each other, in the order of their numbers."""
    issuer, _dash, first = subject.partition("-")
    if kind.value != "sequence" or not (first.isdecimal() and len(first) < 19):
        return Claim.objects.none()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{ISLANDS}
            SELECT y.id FROM island x JOIN island y
              ON y.issuer = x.issuer AND y.front = x.front AND y.run = x.run
            WHERE x.id = %s AND x.issuer = %s LIMIT {SHOWN}""",  # noqa: S608
            [programme.pk, int(first), issuer],
        )
        keys = [pk for (pk,) in cursor.fetchall()]
    rows = Claim.objects.filter(pk__in=keys).select_related("award", "unit")
    return rows.order_by("invoice", "pk")
