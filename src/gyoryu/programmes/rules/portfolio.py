"""What strategies, programmes and budget lines allow, with the reason when they do not."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, told
from gyoryu.base.refused import Refused
from gyoryu.programmes.models import BudgetLine, Call, Programme, Strategy

FIRST_YEAR, LAST_YEAR = 1990, 2100


def check_named(row: Strategy | Programme) -> None:
    """Refuse a strategy or programme without a Korean name, or with years that run backwards."""
    check_texts(row)
    if not row.name_ko.strip():
        raise Refused(_("Give the name in Korean."), field="name_ko")
    for name in ("first_year", "last_year"):
        if not FIRST_YEAR <= getattr(row, name) <= LAST_YEAR:
            raise Refused(
                _("Give a year from %(first)d to %(last)d.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR},
                field=name,
            )
    if row.last_year < row.first_year:
        raise Refused(_("The last year is before the first."), field="last_year")


def check_programme(row: Programme) -> None:
    """Refuse a programme whose years are not within its strategy's, or do not hold its budgets."""
    check_named(row)
    above = row.strategy
    if above and above.voided_at:
        raise Refused(_("This strategy was voided."), field="strategy")
    if above and not (above.first_year <= row.first_year and row.last_year <= above.last_year):
        raise Refused(
            _("The strategy runs from %(first)d to %(last)d.")
            % {"first": above.first_year, "last": above.last_year},
            field="first_year",
        )
    if row.pk:
        years = row.lines.filter(voided_at=None).values_list("year", flat=True)
        if beyond := [year for year in years if not row.first_year <= year <= row.last_year]:
            raise Refused(
                _("It has a budget for %(year)d.") % {"year": beyond[0]}, field="last_year"
            )


def check_runs(row: Programme) -> None:
    """Refuse what a programme that was voided or has ended can no longer carry."""
    check_stands(row)
    if row.ended_on:
        raise Refused(_("This programme ended on %(day)s.") % {"day": told(row.ended_on)})


def check_end(row: Programme, *, on: date, reason: str, today: date) -> None:
    """Refuse to end a programme twice, ahead of time, without a reason or with a call open."""
    check_runs(row)
    check_reason(reason, most=300)
    if on > today:
        raise Refused(_("It cannot have ended in the future."), field="on")
    states = (Call.State.DRAFT, Call.State.PUBLISHED)
    if call := row.calls.filter(voided_at=None, state__in=states).first():
        raise Refused(
            _("A call of it is not decided yet: %(name)s. Decide or cancel it first.")
            % {"name": call}
        )


def check_void_strategy(row: Strategy, reason: str) -> None:
    """Refuse to void a strategy under which a programme stands."""
    check_stands(row)
    check_reason(reason)
    if programme := row.programmes.filter(voided_at=None).first():
        raise Refused(_("A programme stands under it: %(name)s.") % {"name": programme})


def check_void_programme(row: Programme, reason: str) -> None:
    """Refuse to void a programme that has a budget or a call."""
    check_stands(row)
    check_reason(reason)
    if line := row.lines.filter(voided_at=None).first():
        raise Refused(_("It has a budget: %(name)s. Void that first.") % {"name": line})
    if call := row.calls.filter(voided_at=None).first():
        raise Refused(_("It has a call: %(name)s. End the programme instead.") % {"name": call})


def check_line(row: BudgetLine) -> None:
    """Refuse a line outside its programme's years, or one there is already."""
    check_texts(row)
    programme = row.programme
    if not programme.first_year <= row.year <= programme.last_year:
        raise Refused(
            _("The programme runs from %(first)d to %(last)d.")
            % {"first": programme.first_year, "last": programme.last_year},
            field="year",
        )
    same = BudgetLine.objects.filter(
        programme=programme,
        year=row.year,
        account_code=row.account_code,
        fund=row.fund,
        voided_at=None,
    )
    if other := same.exclude(pk=row.pk).first():
        raise Refused(
            _("This line is there already: %(name)s. Enter a supplementary budget instead.")
            % {"name": other},
            field="account_code",
        )


def check_appropriates(amount: int) -> None:
    """Refuse a budget that gives nothing."""
    if amount <= 0:
        raise Refused(_("Give an amount above zero."), field="amount")


def check_void_line(row: BudgetLine, reason: str) -> None:
    """Refuse to void a line of which a call has something."""
    check_stands(row)
    check_reason(reason)
    if row.ceiling.committed:
        raise Refused(
            _("Calls have %(given)s KRW of it. Take that back first.")
            % {"given": f"{row.ceiling.committed:,}"}
        )


def check_allot(line: BudgetLine, call: Call, values: dict[str, Any]) -> None:
    """Refuse to give a call money of another programme, of a voided line, or after it is over."""
    check_stands(line)
    check_runs(line.programme)
    if call.voided_at or call.state == Call.State.CANCELLED:
        raise Refused(_("This call is cancelled."), field="call")
    if call.programme_id != line.programme_id:
        raise Refused(_("This call belongs to another programme."), field="call")
    check_reason(values.get("reason", ""), most=300)
