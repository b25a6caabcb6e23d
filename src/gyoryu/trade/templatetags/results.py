"""How grades are shown: their proof in words, and their amounts on one scale."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gyoryu.programmes.templatetags import judging
from gyoryu.trade.models import Grade
from gyoryu.trade.queries.results import Funnel, Level
from gyoryu.web.templatetags.web import amount, none

register = template.Library()
register.filter("figure", judging.figure)
WIDTH, HEIGHT = 160, 10
# What is not proven is drawn pale.
FILL = {"consulted": "f-tint", "pursued": "f-tint", "signed": "f-mid", "verified": "f-ours"}
PROOF: dict[str, Any] = {
    Grade.CONSULTED.value: _("Logged talks"),
    Grade.PURSUED.value: _("E-mails, memoranda, the company's word"),
    Grade.SIGNED.value: _("Contracts, purchase orders, the buyer's confirmation"),
    Grade.VERIFIED.value: _("Export declarations"),
}


@register.simple_tag
def proof(level: Level) -> Any:
    """Return what stands behind a grade, in words."""
    return PROOF[level.grade.value]


@register.simple_tag
def grade_cells(funnel: Funnel) -> SafeString:
    """Write a line's cells, one for each grade: how many deals, and what they come to.

    A board has hundreds of them; a template for each took half of the page's time.
    """
    return format_html_join(
        "",
        '<td class="num" data-label="{}"><span>{}</span></td>',
        ((level.grade.label, _cell(level)) for level in funnel.told),
    )


def _cell(level: Level) -> SafeString:
    if not level.count:
        return none()
    smalls = [format_html("<small>{}</small>", amount(one.amount, one.currency))
              for one in level.amounts]  # fmt: skip
    if level.unsaid:
        told = {"told": f"{level.unsaid:,}"}
        words = ngettext("%(told)s without an amount", "%(told)s without an amount", level.unsaid)
        smalls.append(format_html('<small class="muted">{}</small>', words % told))
    return format_html("{}{}", f"{level.count:,}", SafeString("".join(smalls)))


@register.simple_tag
def scale(whole: Funnel, level: Level) -> SafeString:
    """Draw a bar for each currency of a grade, on the scale of that currency's largest grade."""
    bars = []
    for money in level.amounts:
        same = [one for other in whole.told for one in other.amounts]
        most = max(one.amount for one in same if one.currency == money.currency)
        bars.append((_wide(money.amount, most), HEIGHT, FILL[level.grade.value]))
    return format_html_join(
        "",
        '<svg class="chart scale" viewBox="0 0 160 12" aria-hidden="true"><rect x="0" y="1"'
        ' width="160" height="10" class="track"/><rect x="0" y="1" width="{}" height="{}"'
        ' class="{}"/></svg>',
        bars,
    )


def _wide(amount: Decimal, most: Decimal) -> str:
    """Return a bar's width; what is not zero is never invisible."""
    if not most or not amount:
        return "0"
    return f"{max(float(amount / most) * WIDTH, 1):.1f}"
