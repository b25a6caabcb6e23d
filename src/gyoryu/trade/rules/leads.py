"""What is allowed with buyer leads, and how well one fits what somebody asks."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, check_stands
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Lead

State = Lead.State
NEXT: dict[str, tuple[str, ...]] = {
    State.NEW: (State.CHECKED, State.DROPPED),
    State.CHECKED: (State.DROPPED,),
    State.MATCHED: (State.DROPPED,),
    State.DROPPED: (State.CHECKED,),
}
MOST_CODES = 20
# A chapter of the Harmonised System; fewer digits than that say nothing of the goods.
CHAPTER = 2
LONGEST_CODE = 10


def check_codes(codes: Iterable[str], field: str = "hs_codes") -> None:
    """Refuse what is no HS code (2 to 10 digits, of chapters 01 to 97), and very many of them."""
    listed = list(codes)
    if len(listed) > MOST_CODES:
        raise Refused(_("At most %(most)d codes fit.") % {"most": MOST_CODES}, field=field)
    for code in listed:
        digits = code.isascii() and code.isdigit() and CHAPTER <= len(code) <= LONGEST_CODE
        if not digits or not 1 <= int(code[:2]) <= 97:
            raise Refused(
                _("“%(code)s” is no HS code: 2 to 10 digits, such as 3304 or 330499.")
                % {"code": code[:20]},
                field=field,
            )


def check_found(found_on: date, today: date) -> None:
    """Refuse a lead that will only be found."""
    if found_on > today:
        raise Refused(_("This day lies in the future."), field="found_on")


def check_step(row: Lead, state: str, reason: str) -> None:
    """Refuse a step that does not follow, or one to be dropped without a reason."""
    check_stands(row)
    if state not in NEXT[row.state]:
        raise Refused(
            _("It is “%(state)s”; this step does not follow.") % {"state": row.get_state_display()}
        )
    if state == State.DROPPED:
        check_reason(reason, most=300)


def shared(one: str, other: str) -> int:
    """Return how many leading digits two HS codes share; fewer than a chapter count as none."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count if count >= CHAPTER else 0
