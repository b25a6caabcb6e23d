"""How points and their spread are shown."""

from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gyoryu.programmes.scoring import Fate, Line

register = template.Library()
WIDTH, HEIGHT, MIDDLE = 200, 24, 12
# Drawn in this order, so that what counts lies on top of what does not.
DRAWN = {Fate.RECUSED: "", Fate.LOWEST: "f-tint", Fate.HIGHEST: "f-tint", Fate.COUNTED: "f-ours"}


@register.filter
def points(value: Decimal | int | None) -> str:
    """Write points without the zeros they do not need: 84, 76.5."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


@register.filter
def figure(value: Decimal | None) -> str:
    """Write a sum in groups of three, without decimals that are zero: 1,234.5."""
    if value is None:
        return ""
    whole, _point, places = f"{value:,f}".partition(".")
    places = places.rstrip("0")
    return f"{whole}.{places}" if places else whole


@register.simple_tag
def spread(line: Line, words: str) -> SafeString:
    """Draw a panel's totals between 0 and 100, with a line from the lowest to the highest."""
    totals = [one for one in line.trace.scores if DRAWN[one.fate]]
    if not totals:
        return SafeString("")
    ends = [_x(one.total) for one in totals]
    dots = [
        (_x(one.total), DRAWN[fate])
        for fate in DRAWN
        for one in line.trace.scores
        if one.fate is fate and DRAWN[fate]
    ]
    return format_html(
        '<svg class="chart spread" viewBox="0 0 {width} {height}" role="img"><title>{words}</title>'
        '<rect x="0" y="{axis}" width="{width}" height="2" class="track"/>'
        '<rect x="{first}" y="{line}" width="{long}" height="4" class="f-mid"/>{dots}</svg>',
        width=WIDTH,
        height=HEIGHT,
        words=words,
        axis=MIDDLE - 1,
        first=min(ends),
        line=MIDDLE - 2,
        long=max(ends) - min(ends),
        dots=format_html_join(
            "", '<circle cx="{}" cy="12" r="5" class="{} ring"/>', ((x, kind) for x, kind in dots)
        ),
    )


def _x(total: Decimal) -> int:
    """Return where a total lies, with room for the dots at both ends."""
    return round(6 + float(total) * (WIDTH - 12) / 100)
