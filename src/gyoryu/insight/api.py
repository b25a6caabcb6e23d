"""What is due, the figures, the history, and whose token it is."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import units_under
from gyoryu.history.models import Entry
from gyoryu.insight.forms.history import history_listing
from gyoryu.insight.queries import due as dues
from gyoryu.insight.queries import figures
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.templatetags.history import kind, told

HOME, HISTORY = "home.view", "history.view"
MOST = 200
desk = Desk(_("Today and history"))
DESKS = [desk]


class Me(Shape):
    """Whose token it is, what it is let into, until when, and for which departments."""

    user: Named
    token: Named
    scopes: list[str]
    ends_on: date
    departments: list[Named]


class FigureShape(Shape):
    """An honest figure and how it was counted."""

    title: str
    value: str
    unit: str
    note: str


class Figures(Shape):
    """The figures of the first page as of a day."""

    on: date
    items: list[FigureShape]


class DueLine(Shape):
    """Something that is late or soon due."""

    title: str
    note: str
    due: date | None


class TallyShape(Shape):
    """How many of a kind."""

    kind: str
    count: int


class DuePage(Shape):
    """What is late or soon due: counted by kind, and the first two hundred."""

    on: date
    tally: list[TallyShape]
    items: list[DueLine]


class EntryRow(Shape):
    """An entry of the history."""

    id: int
    at: datetime
    by: Named | None
    verb: str
    told: str
    kind: str
    record: int
    name: str
    changes: dict[str, Any]
    reason: str
    unit: Named | None
    digest: str

    @staticmethod
    def resolve_told(row: Entry) -> str:
        """Say what was done, in the language asked for."""
        return told(row)

    @staticmethod
    def resolve_kind(row: Entry) -> str:
        """Name the kind of record."""
        return kind(row)


def _me(call: Call) -> Any:
    token = call.token
    units = units_under(call.user.access, HOME).order_by("path")
    return {
        "user": call.user,
        "token": token,
        "scopes": token.scopes,
        "ends_on": token.ends_on,
        "departments": list(units[:MOST]),
    }


def _figures(call: Call) -> Any:
    kept = figures.kept_by_year(call.today, call.user, years=1)[0]
    return {"on": call.today, "items": figures.figures(call.today, call.user, kept)}


def _due(call: Call) -> Any:
    queue = dues.falling_due(call.path["when"], call.today, call.user, shown=MOST)
    if queue is None:
        raise Http404
    tally = [{"kind": label, "count": count} for label, _href, count in queue.tally]
    return {"on": call.today, "tally": tally, "items": [_line(row) for row in queue.rows]}


def _line(row: Any) -> dict[str, Any]:
    return {"title": row.title, "note": row.meta, "due": row.due}


desk.shows("me", _("Whose token this is"), Me, _me, may=HOME)
desk.shows("figures", _("Figures"), Figures, _figures, may=HOME)
desk.shows("due/{when}", _("Late or soon due"), DuePage, _due, may=HOME)
desk.lists("history", _("History"), EntryRow, history_listing, may=HISTORY)
