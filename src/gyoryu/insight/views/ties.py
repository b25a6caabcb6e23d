"""The map of ties: a square a country, shaded by how many agreements are in force."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gyoryu.agreements.models import Agreement
from gyoryu.insight import tiles
from gyoryu.insight.queries import ties as queries
from gyoryu.insight.queries.ties import Ties
from gyoryu.web import clock
from gyoryu.web.access import Request, may

# Shades by how many agreements are in force, the darkest first; also the legend.
SHADES = [(10, "10+"), (5, "5–9"), (2, "2–4"), (1, "1")]
MOST_DOTS = 5


@dataclass(frozen=True)
class Tile:
    """A country's square, placed; without ties it shows its code alone."""

    code: str
    x: int
    y: int
    shade: int = 0
    count: int = 0
    href: str = ""
    name: str = ""
    dots: tuple[int, ...] = ()
    more: bool = False

    @property
    def middle(self) -> int:
        """Where its letters stand."""
        return self.x + tiles.SIZE // 2

    @property
    def code_y(self) -> int:
        """Where the foot of the code stands: in the middle when nothing else is in the square."""
        return self.y + (11 if self.count else 21)

    @property
    def count_y(self) -> int:
        """Where the foot of the number stands."""
        return self.y + 25

    @property
    def dots_y(self) -> int:
        """The height of the dots."""
        return self.y + 30

    @property
    def drawn(self) -> SafeString:
        """Its square with code, number and dots; with ties a link that says so.

        Written out here: a template looks at each of two thousand numbers for how to write it.
        """
        square = (
            f'<rect x="{self.x}" y="{self.y}" width="{tiles.SIZE}" height="{tiles.SIZE}" rx="3" '
            f'class="tile-{self.shade}"/><text x="{self.middle}" y="{self.code_y}" '
            f'class="code-{self.shade}">{self.code}</text>'
        )
        if not self.count:
            return SafeString(f'<g aria-hidden="true">{square}</g>')
        told = ngettext(
            "%(name)s: %(n)s agreement in force", "%(name)s: %(n)s agreements in force", self.count
        ) % {"name": self.name, "n": self.count}
        dots = "".join(
            f'<circle cx="{x}" cy="{self.dots_y}" r="1.8" class="dot-{self.shade}"/>'
            for x in self.dots
        )
        return SafeString(
            f'<a href="{escape(self.href)}" aria-label="{escape(told)}">'
            f"<title>{escape(self.name)} {self.count}</title>{square}"
            f'<text x="{self.middle}" y="{self.count_y}" class="count-{self.shade}">{self.count}'
            f"</text>{dots}</a>"
        )


@may("home.view")
def ties(request: Request) -> HttpResponse:
    """Show with whom agreements are in force, as a map and as a table."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in Agreement.Kind.values else ""
    world = queries.world(clock.today(), request.user, kind)
    placed = {one.region.code: one for one in world.countries}
    context: dict[str, Any] = {
        "world": world,
        "kind": kind,
        "kinds": [("", _("All kinds")), *Agreement.Kind.choices],
        "tiles": [_tile(code, placed.get(code), kind) for code in tiles.PLACES],
        "legend": [(place, words) for place, (_least, words) in enumerate(reversed(SHADES), 1)],
        "without_square": [one for one in world.countries if one.region.code not in tiles.PLACES],
        "rows": [(one, _href(one, kind), _regions(one)) for one in world.countries],
        "width": tiles.WIDTH,
        "height": tiles.HEIGHT,
    }
    return render(request, "insight/ties.html", context)


def _regions(country: Ties) -> SafeString:
    """Write a country's regions with their numbers: of the nation's there are a thousand."""
    told = ((one.region.get_absolute_url(), one.region, one.in_force) for one in country.regions)
    return format_html_join(", ", '<a href="{}">{}</a> {}', told)


def _tile(code: str, ties: Ties | None, kind: str) -> Tile:
    x, y = tiles.PLACES[code]
    if ties is None:
        return Tile(code, x, y)
    shown = min(len(ties.regions), MOST_DOTS)
    first = x + tiles.SIZE // 2 - 3 * (shown - 1)
    return Tile(
        code,
        x,
        y,
        shade(ties.in_force),
        ties.in_force,
        _href(ties, kind),
        str(ties.region),
        tuple(first + 6 * place for place in range(shown)),
        len(ties.regions) > MOST_DOTS,
    )


def shade(count: int) -> int:
    """Return which of the four shades a number of agreements has; 0 for none."""
    least = [one for one, _words in reversed(SHADES)]
    return sum(count >= one for one in least)


def _href(ties: Ties, kind: str) -> str:
    narrowed = f"&kind={kind}" if kind else ""
    return f"{reverse('agreements')}?tab=in_force&region={ties.region.pk}{narrowed}"
