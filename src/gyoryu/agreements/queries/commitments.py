"""What is known of commitments: which stand, which are late, and how well promises are kept."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.accounts.queries import colleagues, home_unit, visible
from gyoryu.agreements.models import (
    Agreement,
    Body,
    Commitment,
    DueChange,
    Engagement,
    Milestone,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import keeping
from gyoryu.agreements.queries.engagements import TITLES
from gyoryu.agreements.queries.keeping import FollowThrough
from gyoryu.base import names
from gyoryu.parties.models import Position
from gyoryu.web import finding

OPEN = Q(status__in=[Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS])
# What the page of one shows besides what a list does.
ON_PAGE = (
    "engagement", "body", "counterpart__organisation", "counterpart__person", "superseded_by",
)  # fmt: skip


def commitments() -> QuerySet[Commitment]:
    """Return the commitments that stand, with what a list of them shows."""
    return Commitment.objects.filter(voided_at=None).select_related("owner", "agreement", "unit")


def seen_by(to: User | None) -> QuerySet[Commitment]:
    """Return the commitments a user may see; ``None`` is the system, which sees all."""
    return visible(commitments(), to, "agreements.view") if to else commitments()


def late(on: date, to: User | None) -> QuerySet[Commitment]:
    """Return what is open although its last day has passed, the longest overdue first."""
    return seen_by(to).filter(OPEN, due_before(on)).order_by("due_on", "pk")


def due_within(on: date, days: int, to: User | None) -> QuerySet[Commitment]:
    """Return what is open and falls due from a day until so many days later, both included."""
    until = on + timedelta(days=days)
    return seen_by(to).filter(OPEN, due_between(on, until)).order_by("due_on", "pk")


def due_before(day: date) -> Q:
    """Return the condition that the last day has passed."""
    return Q(due_on__lt=day)


def due_between(first: date, last: date) -> Q:
    """Return the condition that the last day lies between two days, both included."""
    return Q(due_on__range=(first, last))


def awaiting_approval() -> Q:
    """Return the condition that another due date has been asked for and not decided."""
    asked = DueChange.objects.filter(state=DueChange.State.ASKED).values("commitment")
    return OPEN & Q(pk__in=asked)


def waiting(row: Commitment) -> DueChange | None:
    """Return the request for another date that nobody has decided yet."""
    return row.due_changes.filter(state=DueChange.State.ASKED).first()


def in_order(row: Commitment) -> QuerySet[Milestone]:
    """Return the steps of a commitment by day; those without a day come last."""
    return row.milestones.order_by(F("due_on").asc(nulls_last=True), "pk")


def agreement_of(engagement: Engagement | None, body: Body | None) -> Agreement | None:
    """Return the agreement an occasion belongs to: its body's, or the only one it is tied to."""
    if body := body or (engagement.body if engagement else None):
        return body.agreement
    of_it = list(engagement.agreements.all()[:2]) if engagement else []
    return of_it[0] if len(of_it) == 1 else None


def of_side(side: str) -> Q:
    """Return the condition that a promise binds a side; a joint one binds both."""
    return Q(side__in=[side, Side.JOINT])


def follow_through(on: date, to: User | None, year: int, side: str = "") -> FollowThrough:
    """Count how the promises due in a year were kept, as of a day, for one side or for both."""
    rows = seen_by(to).filter(of_side(side)) if side else seen_by(to)
    return keeping.counted(rows, on, Q(counted_on__range=(date(year, 1, 1), date(year, 12, 31))))


def kept_by_year(on: date, to: User, since: int) -> QuerySet[Any]:
    """Ask how the promises due in each year since one were kept, as of a day (``keeping``)."""
    return keeping.by_year(seen_by(to), on, since)


def called(rows: QuerySet[Commitment], text: str) -> QuerySet[Commitment]:
    """Return the commitments in whose words, original or number a text occurs."""
    text = names.nfc(text)
    return finding.narrowed(rows, text) if text else rows


def said_with(row: Commitment) -> QuerySet[Commitment]:
    """Return the other promises of the same occasion: of its engagement, else of its agreement."""
    own = (
        {"engagement": row.engagement_id} if row.engagement_id else {"agreement": row.agreement_id}
    )
    rows = commitments().filter(**own).exclude(pk=row.pk)
    return rows if any(own.values()) else rows.none()


def approvers_of(unit: Unit, besides: User | None) -> list[User]:
    """Return who approves for a unit besides a user: those of the nearest unit that has any."""
    above = [unit.path[: end + 1] for end, char in enumerate(unit.path) if char == "/"]
    rows = Membership.objects.filter(
        role=Membership.Role.APPROVER, unit__path__in=above, user__is_active=True
    ).select_related("user", "unit")
    rows = rows.exclude(user=besides) if besides else rows
    nearest = max((row.unit.path for row in rows), key=len, default="")
    return [row.user for row in rows if row.unit.path == nearest]


# What a form picks from. Each finder takes the rows that may be picked and what was typed.


def owners(to: User) -> QuerySet[User]:
    """Return who may answer for a promise: the user's colleagues."""
    return colleagues(to)


def people(rows: QuerySet[User], text: str) -> QuerySet[User]:
    """Find colleagues by part of a name, an address or the name of their unit."""
    unit = Q(memberships__unit__name_ko__icontains=text)
    unit |= Q(memberships__unit__name_en__icontains=text)
    name = Q(name_ko__icontains=text) | Q(name_en__icontains=text) | Q(email__iexact=text)
    return rows.filter(name | unit).distinct()


def agreements(to: User) -> QuerySet[Agreement]:
    """Return the agreements a promise may be made under, as far as the user may see them."""
    rows = Agreement.objects.filter(voided_at=None).select_related("unit")
    return visible(rows, to, "agreements.view")


def all_agreements() -> QuerySet[Agreement]:
    """Return every agreement that stands, to look a title up in."""
    return Agreement.objects.filter(voided_at=None)


def engagements(to: User) -> QuerySet[Engagement]:
    """Return the engagements a promise may have been made at, as far as the user may see them."""
    rows = Engagement.objects.filter(voided_at=None).select_related("body__agreement__unit")
    return visible(rows, to, "agreements.view")


def bodies(to: User) -> QuerySet[Body]:
    """Return the bodies that still meet, as far as the user may see them."""
    rows = Body.objects.filter(voided_at=None, ended_on=None).select_related("agreement__unit")
    return visible(rows, to, "agreements.view")


def titled(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Find agreements by part of a title or by number."""
    named = finding.holding(Agreement, text, fields=TITLES)
    return rows.filter(named | Q(number__iexact=text))


def held(rows: QuerySet[Engagement], text: str) -> QuerySet[Engagement]:
    """Find engagements by part of a title, the newest first."""
    named = finding.holding(Engagement, text, fields=TITLES)
    return rows.filter(named).order_by("-starts_on", "-pk")


def positions() -> QuerySet[Position]:
    """Return the positions that are held now."""
    return Position.objects.filter(until=None).select_related("organisation", "person")


def in_office(rows: QuerySet[Position], text: str) -> QuerySet[Position]:
    """Find positions by part of the title, of the holder's name or of the organisation's."""
    return rows.filter(
        Q(title_ko__icontains=text)
        | Q(title_en__icontains=text)
        | Q(person__name_ko__icontains=text)
        | Q(person__name_en__icontains=text)
        | Q(organisation__name_ko__icontains=text)
        | Q(organisation__name_en__icontains=text)
    )


def unit_for(to: User, agreement: Agreement | None) -> Unit:
    """Return the unit a new promise belongs to: its agreement's where the user may write there."""
    if agreement and to.access.may("agreements.change", agreement.unit.path):
        return agreement.unit
    return home_unit(to, "agreements.change")
