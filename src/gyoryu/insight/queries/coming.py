"""What came in and waits for its reader: each kind with its words, the list it opens, its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import Commitment, DueChange, Status
from gyoryu.insight.queries.falling import APPLICANTS, DEALINGS, agreements
from gyoryu.newsroom.queries import articles as newsroom
from gyoryu.outbox.models import Letter
from gyoryu.programmes.models import Application, Claim
from gyoryu.trade.models import Deal, Enquiry, FollowUp
from gyoryu.trade.queries import deals

OPEN = [Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS]


def asked(to: User) -> QuerySet[Enquiry]:
    """Return what business centres were asked."""
    return visible(Enquiry.objects.filter(voided_at=None), to, DEALINGS)


def applied(to: User) -> QuerySet[Application]:
    """Return the applications that wait to be screened."""
    rows = Application.objects.filter(status=Application.Status.SUBMITTED, voided_at=None)
    return visible(rows, to, APPLICANTS)


def claimed(to: User, status: str = Claim.Status.SUBMITTED) -> QuerySet[Claim]:
    """Return the claims that wait for a decision, or, once approved, for their payment."""
    return visible(Claim.objects.filter(status=status, voided_at=None), to, APPLICANTS)


@dataclass(frozen=True)
class Coming:
    """What came in: its key, its words, the list it opens, what it is, and its rows."""

    key: str
    label: str
    href: str
    meta: str
    rows: Callable[[], QuerySet[Any]]


def coming_in(on: date, to: User) -> list[Coming]:
    """Return what waits for this user: new dates to approve, letters unread, terms run out."""
    found: list[Coming] = [
        Coming(
            "changes",
            _("New dates to approve"),
            f"{reverse('commitments')}?tab=waiting",
            _("asked by the owners of commitments"),
            lambda: _moves(to),
        ),
        Coming(
            "drafts",
            _("Agreements being prepared"),
            f"{reverse('agreements')}?tab=preparing",
            _("drafted or reviewed, not signed yet"),
            lambda: agreements(to).filter(status__in=[Status.DRAFT, Status.REVIEWED]),
        ),
        Coming(
            "run_out",
            _("Terms that have run out"),
            f"{reverse('agreements')}?tab=run_out",
            _("to be renewed, replaced or closed"),
            lambda: agreements(to).filter(status=Status.IN_FORCE, ends_on__lt=on),
        ),
        Coming(
            "letters",
            _("Unread letters"),
            reverse("letters"),
            _("reminders and notices to you"),
            lambda: Letter.objects.filter(to=to, read_at=None),
        ),
    ]
    if to.access.may(APPLICANTS):
        found[:0] = _to_decide(to)
    if to.access.may(DEALINGS):
        found.extend(_of_trade(on, to))
    if to.access.may("newsroom.review"):
        told = _("to be let into the register or turned down")
        label, href = _("Facts read from the news"), reverse("review")
        found.insert(0, Coming("facts", label, href, told, lambda: newsroom.waiting(to)))
    return found


def _of_trade(on: date, to: User) -> list[Coming]:
    """Return what waits in trade: enquiries not answered, exhibitors that stay silent."""
    return [
        Coming(
            "enquiries",
            _("Enquiries to be answered"),
            f"{reverse('enquiries')}?tab=in",
            _("asked of business centres"),
            lambda: asked(to).filter(state=Enquiry.State.IN),
        ),
        Coming(
            "follow_ups",
            _("Exhibitors that have not answered"),
            reverse("follow-ups"),
            _("reminded twice what became of their talks"),
            lambda: _silent(to),
        ),
        Coming(
            "unproven",
            _("Contracts to ask for"),
            f"{reverse('deals')}?proof=missing",
            _("companies say that they are signed or shipped, and no paper shows it"),
            lambda: deals.unproven(visible(Deal.objects.order_by(), to, DEALINGS)),
        ),
    ]


def _to_decide(to: User) -> list[Coming]:
    """Return what companies and teams have handed in: applications, claims, claims to be paid."""
    claims = reverse("claims")
    return [
        Coming(
            "applied",
            _("Applications to screen"),
            f"{reverse('applications')}?tab=new",
            _("handed in, conditions not looked at yet"),
            lambda: applied(to),
        ),
        Coming(
            "claimed",
            _("Claims to decide"),
            f"{claims}?tab=waiting",
            _("handed in with their invoices"),
            lambda: claimed(to),
        ),
        Coming(
            "approved",
            _("Claims to pay"),
            f"{claims}?tab=approved",
            _("approved, not paid out yet"),
            lambda: claimed(to, Claim.Status.APPROVED),
        ),
    ]


def _moves(to: User) -> QuerySet[DueChange]:
    """Return the new dates that the owners of commitments asked for."""
    rows = DueChange.objects.filter(
        state=DueChange.State.ASKED, commitment__status__in=OPEN, commitment__voided_at=None
    )
    return visible(rows, to, "agreements.view", within="commitment")


def _silent(to: User) -> QuerySet[FollowUp]:
    """Return who was chased twice about a follow-up and has not answered."""
    rows = FollowUp.objects.filter(state=FollowUp.State.ASKED, chased=2)
    return visible(rows, to, DEALINGS, within="event")
