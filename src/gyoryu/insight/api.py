"""What is due, the figures, the history, and whose token it is."""

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import units_under
from gyoryu.agreements.models import Agreement
from gyoryu.history import queries as history
from gyoryu.history.actions import note_verification
from gyoryu.history.models import Entry
from gyoryu.insight.forms.history import (
    MOST_FAULTS,
    VerifyForm,
    entries_seen,
    from_mark,
    history_listing,
    mark_of,
)
from gyoryu.insight.queries import due as dues
from gyoryu.insight.queries import figures, ties
from gyoryu.web import forms
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.templatetags.history import kind, told

HOME, HISTORY, VERIFY = "home.view", "history.view", "history.verify"
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


class FaultShape(Shape):
    """A break of the chain: ``kind`` is changed, removed, inserted, seal or end.

    ``number`` names the entry, or the seal for the last two.
    """

    kind: str
    number: int
    what: str


class Verification(Shape):
    """How far a verification of the whole history has come.

    While ``done`` is false, ask again with ``mark``. ``faults`` are the breaks in this stretch, two
    hundred at most; ``fault_count`` counts all so far.
    """

    done: bool
    entries: int
    seals: int
    fault_count: int
    digest: str
    mark: str
    faults: list[FaultShape]


class RecordVerification(Shape):
    """Whether the entries of one record are as they were written, and their seals whole."""

    entries: int
    unsealed: int
    faults: list[FaultShape]


class TiesShape(Shape):
    """The agreements in force with a place; of ``dormant`` nobody has heard for long."""

    region: Named
    code: str
    in_force: int
    dormant: int
    last_contact_on: date | None

    @staticmethod
    def resolve_code(row: Any) -> str:
        """Return the ISO 3166 code of the country or subdivision; empty for a city."""
        return str(row.region.code or "")

    @staticmethod
    def resolve_last_contact_on(row: Any) -> date | None:
        """Return the day of the last contact under any of the agreements."""
        found: date | None = row.last
        return found


class CountryTies(TiesShape):
    """A country, with those of its regions that have ties of their own."""

    regions: list[TiesShape]


class WorldShape(Shape):
    """The map of ties: with which countries agreements are in force, the most first.

    ``nowhere`` counts the agreements that name no region.
    """

    on: date
    in_force: int
    nowhere: int
    countries: list[CountryTies]


class TiesForm(forms.Form):
    """Of which kind of agreement the map is asked."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), *Agreement.Kind.choices], required=False
    )


def _verification(call: Call, form: Any) -> Any:
    # A mark stands in an address, so it carries no faults: each stretch tells its own.
    start, _none = from_mark(form.cleaned_data["mark"])
    reached, found = history.verify(start)
    if reached.done:
        note_verification(reached.entries, reached.faults, reached.digest, **call.who)
    return {
        "done": reached.done,
        "entries": reached.entries,
        "seals": reached.number,
        "fault_count": reached.faults,
        "digest": reached.digest,
        "mark": "" if reached.done else mark_of(reached, []),
        "faults": found[:MOST_FAULTS],
    }


def _record_verification(call: Call) -> Any:
    app, _dot, name = call.path["model"].partition(".")
    kind = ContentType.objects.filter(app_label=app, model=name).first()
    seen = entries_seen(call.user).filter(model=kind, record=call.pk)
    told, faults = history.verify_record(seen)
    if kind is None or not told:
        raise Http404
    unsealed = sum(one.seal_id is None for one in told)
    return {"entries": len(told), "unsealed": unsealed, "faults": faults}


def _ties(call: Call, form: Any) -> Any:
    found = ties.world(call.today, call.user, form.cleaned_data["kind"])
    return {
        "on": call.today,
        "in_force": found.in_force,
        "nowhere": found.nowhere,
        "countries": found.countries,
    }


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
desk.finds("history/verification", _("Verify the history"), Verification, VerifyForm,
           _verification, may=VERIFY)  # fmt: skip
desk.shows("history/{model}/{pk}/verification", _("Verify a record's history"),
           RecordVerification, _record_verification, may=VERIFY)  # fmt: skip
desk.finds("ties", _("Map of ties"), WorldShape, TiesForm, _ties, may=HOME)
