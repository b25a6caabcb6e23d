"""What an announcement of a programme must say."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes.rules.money import MOST

AMOUNTS = ("budget", "ceiling", "number")


def check_announcement(values: dict[str, Any]) -> None:
    """Refuse an announcement of nothing, and amounts that no office ever had."""
    for name in AMOUNTS:
        amount = values.get(name)
        if amount is not None and not 0 < amount < MOST:
            raise Refused(_("Give an amount above zero, as it was announced."), field=name)
    if not any(values.get(name) for name in (*AMOUNTS, "covers")):
        raise Refused(_("Say what was announced: a budget, a ceiling, or how many."))
