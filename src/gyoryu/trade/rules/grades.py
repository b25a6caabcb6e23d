"""How sure amounts are, and what may be added: only one grade in one currency."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from gyoryu.base.money import Money
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Grade


def check_addable(grades: Iterable[str], currencies: Iterable[str]) -> None:
    """Refuse to add amounts of two grades or of two currencies, and say why."""
    two = [str(Grade(grade).label) for grade in dict.fromkeys(grades)]
    if len(two) > 1:
        raise Refused(
            _(
                "%(one)s and %(other)s are never added: the same deal may stand in both, and the"
                " one is not as sure as the other. Report them beside each other."
            )
            % {"one": two[0], "other": two[1]},
            field="grade",
        )
    codes = list(dict.fromkeys(currencies))
    if len(codes) > 1:
        raise Refused(
            _(
                "%(one)s and %(other)s are never added. Convert at a stated rate first, and say the"
                " rate beside the sum."
            )
            % {"one": codes[0], "other": codes[1]},
            field="grade",
        )


def added(grades: Iterable[str], amounts: Iterable[Money]) -> Money:
    """Return the sum of amounts of one grade in one currency.

    Raises ``Refused`` for several grades or currencies, and where no amount was told at all.
    """
    told = list(amounts)
    check_addable(grades, [money.currency for money in told])
    if not told:
        raise Refused(_("No amount was told, so there is none to add."), field="grade")
    return sum(told[1:], start=told[0])
