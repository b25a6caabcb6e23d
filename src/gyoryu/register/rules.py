"""What may be published, by whom and when, and how far an agreement is shown."""

import calendar
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.models import Agreement
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.register.models import Level, Line, PageWithdrawal, Publication

Shown = tuple[str, str]
# How far a kind is published where a government has no policy of its own. An intention binds
# nobody yet, so its text is its authors' until something comes of it; that it exists is no secret.
SHIPPED: dict[str, Shown] = {Agreement.Kind.LETTER_OF_INTENT: (Level.TITLE.value, "")}
OPEN: Shown = (Level.PUBLIC.value, "")
STRICTNESS = [Level.PUBLIC.value, Level.TITLE.value, Level.WITHHELD.value]
# The day of the month by which a month is published, where no rule of the government says another.
PUBLISHED_BY = 5


def month_of(day: date) -> date:
    """Return the first day of a day's month; by it a month is called."""
    return day.replace(day=1)


def end_of(month: date) -> date:
    """Return the last day of a month: the day its register speaks of."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def last_whole_month(today: date) -> date:
    """Return the last month that is over."""
    return month_of(month_of(today) - timedelta(days=1))


def stricter(one: Shown, other: Shown) -> Shown:
    """Return the rule that shows less: what was withheld since stays so, whatever month is asked.

    Of two that show alike the second counts.
    """
    return one if STRICTNESS.index(one[0]) > STRICTNESS.index(other[0]) else other


def check_shown(level: str, ground: str) -> None:
    """Refuse to withhold without a ground, and a ground where nothing is withheld."""
    if level == Level.WITHHELD and not ground:
        raise Refused(_("Name the ground. The law withholds nothing without one."), field="ground")
    if level != Level.WITHHELD and ground:
        raise Refused(_("A ground is named only for what is withheld."), field="ground")


def check_rule(level: str, ground: str, documents: list[str]) -> None:
    """Refuse a rule that contradicts itself; no rule at all is the policy's."""
    if level:
        check_shown(level, ground)
    elif ground:
        raise Refused(_("A ground is named only for what is withheld."), field="ground")
    if documents and level != Level.PUBLIC:
        raise Refused(
            _("Documents are public only where the agreement is published."), field="documents"
        )


def check_reason(reason: str) -> None:
    """Refuse a change that nobody could account for."""
    if not reason.strip():
        raise Refused(_("Give the reason. Auditors read it."), field="reason")


def may_for(by: User | None, capability: str, government: Unit) -> bool:
    """Tell whether somebody holds a capability anywhere in a government.

    The register is one for the whole government, and kept by one of its departments.
    """
    paths = by.access.paths(capability) if by else ("/",)
    return by is None or any(
        path.startswith(government.path) or government.path.startswith(path) for path in paths
    )


def check_may_for(by: User | None, capability: str, government: Unit) -> None:
    """Refuse who does not hold a capability anywhere in a government."""
    if not may_for(by, capability, government):
        raise Refused(_("Your role does not allow this here."))


def check_publish(
    government: Unit, month: date, *, newest: Publication | None, there: bool, today: date
) -> None:
    """Refuse a month that is not over, is published already, or lies before a published one."""
    if government.parent_id is not None:
        raise Refused(_("A government publishes its register, not a department."))
    if today <= end_of(month):
        raise Refused(
            _("This month is not over. Its register speaks of its last day."), field="month"
        )
    if there:
        raise Refused(_("This month is published. Publish a correction of it."), field="month")
    if newest and month < newest.month:
        raise Refused(
            _("A later month is published already. An earlier one is computed when asked for."),
            field="month",
        )


def check_not_empty(count: int) -> None:
    """Refuse a register in which nothing stands."""
    if not count:
        raise Refused(_("No agreement of this government was signed by the end of this month."))


def check_withdraw(publication: Publication, reason: str) -> None:
    """Refuse to withdraw what is withdrawn, or without a reason that everybody can be told."""
    if publication.withdrawn_at:
        raise Refused(_("This version is withdrawn already."))
    _check_told(reason)


def check_withdraw_page(line: Line | None, there: PageWithdrawal | None, reason: str) -> None:
    """Refuse to withdraw a page that nobody can read, or without a reason."""
    if line is None:
        raise Refused(_("This agreement has no public page."))
    if there is not None:
        raise Refused(_("The public page is withdrawn already."))
    _check_told(reason)


def _check_told(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason. Everybody reads it."), field="reason")


def check_correct(publication: Publication, reason: str) -> None:
    """Refuse a correction without its reason, or of a version that has been corrected."""
    if not publication.newest:
        raise Refused(_("This version was corrected already. Correct the newest one."))
    check_reason(reason)


def check_differs(differs: bool) -> None:
    """Refuse a correction that corrects nothing."""
    if not differs:
        raise Refused(_("Nothing is different now. There is nothing to correct."))


def due_on(month: date, day: int) -> date:
    """Return by when a month is published: on that day of the month after it."""
    following = periods.add_months(month, 1)
    last = calendar.monthrange(following.year, following.month)[1]
    return following.replace(day=min(day or PUBLISHED_BY, last))
