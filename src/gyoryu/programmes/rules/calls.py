"""What calls allow: when they are open, what may be changed when, and what is missing."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts
from gyoryu.base.periods import add_months
from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Call, Programme

State = Call.State
MOST_MEMBERS = 50
# What may still be put in other words while people apply; all else would change what they read.
WORDS = frozenset(
    {
        "title_ko", "title_en", "summary_ko", "summary_en", "contact", "name_ko", "name_en",
        "guide", "source", "order",
    }
)  # fmt: skip
# Besides words, what may be raised while people apply.
RAISED = frozenset({"award_most", "places", "most"})


class Phase(StrEnum):
    """Where a call stands at a moment, by its state and the clock."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


PHASES = {
    Phase.DRAFT: _("In preparation"),
    Phase.UPCOMING: _("Opens soon"),
    Phase.OPEN: _("Open for applications"),
    Phase.CLOSED: _("Closed for applications"),
    Phase.DECIDED: _("Decided"),
    Phase.CANCELLED: _("Cancelled"),
}


def phase(call: Call, *, at: datetime) -> Phase:
    """Return where a call stands. It opens at its first second and is closed from its last on."""
    if call.state != State.PUBLISHED:
        return Phase(call.state)
    if at < call.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if at < call.closes_at else Phase.CLOSED


def in_phase(which: Phase, *, at: datetime) -> Q:
    """Return the condition of calls that stand so at a moment."""
    published = Q(state=State.PUBLISHED)
    conditions = {
        Phase.UPCOMING: published & Q(opens_at__gt=at),
        Phase.OPEN: published & Q(opens_at__lte=at, closes_at__gt=at),
        Phase.CLOSED: published & Q(closes_at__lte=at),
    }
    return conditions.get(which, Q(state=which.value))


def local(at: datetime) -> datetime:
    """Return a moment by the office's clock."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def moment(at: datetime) -> str:
    """Write a moment by the office's clock, with its second where it has one."""
    return date_format(local(at), "Y-m-d H:i:s" if local(at).second else "Y-m-d H:i")


def shifted(at: datetime, years: int) -> datetime:
    """Return the same day and hour of the office's clock some years later; 29 February as 28."""
    day = add_months(local(at).date(), 12 * years)
    return local(at).replace(year=day.year, month=day.month, day=day.day)


def check_call(call: Call) -> None:
    """Refuse a call as it would stand: without a title, or with numbers that cannot be."""
    check_stands(call)
    check_texts(call)
    if not call.title_ko:
        raise Refused(_("Give the title in Korean."), field="title_ko")
    if call.closes_at <= call.opens_at:
        raise Refused(
            _("It closes before it opens, at %(opens)s.") % {"opens": moment(call.opens_at)},
            field="closes_at",
        )
    _check_applicants(call)
    _check_panel(call)


def _check_applicants(call: Call) -> None:
    if not 1 <= call.members_least <= MOST_MEMBERS:
        raise Refused(
            _("A team has 1 to %(most)d members.") % {"most": MOST_MEMBERS}, field="members_least"
        )
    if not call.members_least <= call.members_most <= MOST_MEMBERS:
        raise Refused(
            _("At least %(least)d and at most %(most)d.")
            % {"least": call.members_least, "most": MOST_MEMBERS},
            field="members_most",
        )
    if call.applicant != Call.Applicant.TEAM and call.members_most > 1:
        raise Refused(_("Only a team has members."), field="members_most")
    if call.award_most is not None and call.award_most <= 0:
        raise Refused(_("Give an amount above zero."), field="award_most")


def _check_panel(call: Call) -> None:
    if not 0 <= call.threshold <= 100:
        raise Refused(_("A threshold lies between 0 and 100 points."), field="threshold")
    if not 0 <= call.spread_most <= 100:
        raise Refused(_("A spread lies between 0 and 100 points."), field="spread_most")
    least = 3 if call.method == Call.Method.TRIMMED else 1
    if call.reviewed and not least <= call.panel_least <= 30:
        raise Refused(
            _("This method needs at least %(least)d reviewers, and at most 30.") % {"least": least},
            field="panel_least",
        )


def check_programme(programme: Programme) -> None:
    """Refuse a call of a programme that ended or was voided."""
    check_stands(programme)
    if programme.ended_on:
        raise Refused(_("The programme has ended."), field="programme")


def check_can_change(call: Call, *, at: datetime, reason: str = "") -> None:
    """Refuse to touch a call that is over; once it is announced, without a reason."""
    check_stands(call)
    stands = phase(call, at=at)
    if stands in {Phase.DECIDED, Phase.CANCELLED}:
        raise Refused(_("This call is over: %(state)s.") % {"state": PHASES[stands]})
    if stands == Phase.CLOSED:
        raise Refused(_("Its window is closed. What people applied under is not changed any more."))
    if stands != Phase.DRAFT:
        check_reason(reason)


def check_can_edit(call: Call, *, at: datetime) -> None:
    """Refuse to open what could not be changed, whatever the reason."""
    check_can_change(call, at=at, reason="-")


def check_fields(call: Call, changes: dict[str, list[Any]], *, at: datetime) -> None:
    """Refuse to change, while people apply, more than words, or a limit that is raised."""
    if phase(call, at=at) != Phase.OPEN:
        return
    for name, (before, after) in changes.items():
        if name in WORDS:
            continue
        if name in RAISED and before is not None and (after is None or after >= before):
            continue
        if name in RAISED:
            raise Refused(_("While people apply, this can only be raised."), field=name)
        raise Refused(
            _("While people apply, this stays as it was announced. Extend the window or cancel."),
            field=name,
        )


def check_can_rebuild(call: Call, *, at: datetime) -> None:
    """Refuse to add, take away or move a part of the call while people apply, or later."""
    check_can_edit(call, at=at)
    if phase(call, at=at) == Phase.OPEN:
        raise Refused(_("While people apply, nothing is added to the call or taken away from it."))


def check_can_publish(call: Call, missing: list[str], *, at: datetime) -> None:
    """Refuse to announce what is announced already, or what is not complete."""
    check_stands(call)
    if call.state != State.DRAFT:
        raise Refused(_("This call was announced already."))
    if call.closes_at <= at:
        raise Refused(_("Its window is over already. Set another first."))
    if missing:
        raise Refused(_("This is still missing: %(what)s") % {"what": " ".join(missing)})


def check_can_extend(call: Call, *, at: datetime) -> None:
    """Refuse to extend a window that is not open: what is closed stays closed."""
    check_stands(call)
    if phase(call, at=at) != Phase.OPEN:
        raise Refused(_("Only an open window can be extended."))


def check_extension(call: Call, *, until: datetime, reason: str, at: datetime) -> None:
    """Refuse an extension without a reason, or one that is none."""
    check_can_extend(call, at=at)
    check_reason(reason)
    if until <= call.closes_at:
        raise Refused(
            _("It closes at %(closes)s as it is. Give a later time.")
            % {"closes": moment(call.closes_at)},
            field="closes_at",
        )


def check_can_cancel(call: Call) -> None:
    """Refuse to cancel a call that is over, or under which something was granted."""
    check_stands(call)
    if call.state in {State.DECIDED, State.CANCELLED}:
        raise Refused(_("This call is over: %(state)s.") % {"state": call.get_state_display()})
    if call.awards.filter(voided_at=None).exclude(status="cancelled").exists():
        raise Refused(_("Something was granted under this call. Cancel the awards first."))
