"""Editions of the public register as programs read and publish them."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.register import actions, forms, rules
from gyoryu.register.models import Level, Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls import changes
from gyoryu.register.sheets import document as sheets
from gyoryu.register.sheets import shown, words
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, PUBLISH, CORRECT = "register.view", "register.publish", "register.correct"
WITHDRAW = "register.withdraw"
LIST = "publications"
desk = Desk(_("Public register"))


class PublicationRow(Shape):
    """A numbered edition of a month; ``digest`` is the SHA-256 of its JSON file."""

    id: int
    edition: str
    month: str
    version: int
    newest: bool
    count: int
    digest: str
    reason: str
    published_at: datetime
    published_by: Named | None
    government: Named
    withdrawn_at: datetime | None
    withdrawn_by: Named | None
    withdrawal: str

    @staticmethod
    def resolve_month(row: Publication) -> str:
        """Return the month: 2025-03."""
        return f"{row.month:%Y-%m}"

    @staticmethod
    def resolve_government(row: Publication) -> Unit:
        """Return whose register it is."""
        return row.unit


class DifferenceShape(Shape):
    """A field, and what it says before and after, in words."""

    name: str
    label: str
    old: str
    new: str


class ChangeShape(Shape):
    """What happened to an agreement's row since another edition."""

    key: str
    kind: str
    label: str
    title: str
    fields: list[DifferenceShape]


class ChangesShape(Shape):
    """What changed since another edition, which is named by its month or its number."""

    since: str
    lines: list[ChangeShape]


class FileShape(Shape):
    """A file of an edition: its address, which asks for no token, and its SHA-256."""

    language: str
    kind: str
    address: str
    sha256: str


class PublicationPage(PublicationRow):
    """An edition with what it changes, what it corrects, and its files."""

    changes: ChangesShape | None
    corrections: ChangesShape | None
    files: list[FileShape]

    @staticmethod
    def resolve_changes(row: Publication) -> Any:
        """Return what changed since the month before."""
        return _frozen(row, "changes")

    @staticmethod
    def resolve_corrections(row: Publication) -> Any:
        """Return what is corrected in the version before."""
        return _frozen(row, "corrections")

    @staticmethod
    def resolve_files(row: Publication) -> Any:
        """Return every file in both languages."""
        return [_file(row, one, kind) for one in words.LANGUAGES for kind in sheets.KINDS]


class LackShape(Shape):
    """What a row would be published without: a title or a partner's name in a language."""

    key: str
    what: str


class NextShape(Shape):
    """The month to publish next, by when, and what it would say; none while it is not over."""

    government: Named
    month: str | None
    due_on: date | None
    rows: int
    withheld: list[str]
    title_only: int
    changes: ChangesShape | None
    lacking: list[LackShape]


class GovernmentShape(Named):
    """A government, with its newest publication."""

    newest: Named | None


class Governments(Shape):
    """The governments whose register somebody may see at its desk."""

    items: list[GovernmentShape]


class DriftShape(Shape):
    """An agreement that says something else now; ``wrong`` names what a correction would tell."""

    agreement: Named | None
    key: str
    change: str
    fields: list[DifferenceShape]
    wrong: list[str]


class Drifts(Shape):
    """What says something else now than in the newest publication."""

    publication: Named | None
    items: list[DriftShape]


def _language() -> str:
    return (get_language() or "ko")[:2]


def _said() -> Any:
    return words.vocabulary()[_language()]


def _frozen(row: Publication, name: str) -> Any:
    """Tell changes as they were published, in the words that were published with them."""
    head, language = sheets.head(row), _language()
    return shown.told(head[name], head["words"][language], language)


def _file(row: Publication, language: str, kind: str) -> dict[str, str]:
    address = f"/register/{language}/{row.unit_id}/{row.edition}.{kind}"
    sha256 = row.files.get(f"{language}.{kind}", "")
    return {"language": language, "kind": kind, "address": address, "sha256": sha256}


def _seen(call: Call) -> Publication:
    own = queries.of_user(call.user, VIEW)
    rows = queries.publications(own).defer(None)
    return get_object_or_404(rows, pk=call.pk)


def _governments(call: Call) -> dict[str, Any]:
    own = list(queries.of_user(call.user, VIEW))
    rows = queries.publications(own).filter(newest=True).order_by("month")
    newest = {row.unit_id: row for row in rows}
    return {
        "items": [{"id": one.pk, "name": str(one), "newest": newest.get(one.pk)} for one in own]
    }


def government_of(call: Call, capability: str) -> Unit:
    """Return the government the call is about, if the caller may do this with its register."""
    return get_object_or_404(queries.of_user(call.user, capability), pk=call.pk)


def _next(call: Call) -> dict[str, Any]:
    government = government_of(call, PUBLISH)
    month = queries.next_month(government, call.today)
    told: dict[str, Any] = {"government": government, "month": None, "due_on": None}
    if month is None:
        return {**told, "rows": 0, "withheld": [], "title_only": 0, "changes": None, "lacking": []}
    rows = queries.rows_of(queries.as_of(government, month, call.now))
    since, earlier = queries.before(government, month)
    changed = sheets.Since(since, changes.between(earlier, rows)).told()
    return {
        "government": government,
        "month": f"{month:%Y-%m}",
        "due_on": rules.due_on(month, queries.due_day(government)),
        "rows": len(rows),
        "withheld": [row["key"] for row in rows if row["publication"] == Level.WITHHELD],
        "title_only": sum(row["publication"] == Level.TITLE for row in rows),
        "changes": shown.told(changed, _said(), _language()),
        "lacking": [{"key": key, "what": what} for key, what in queries.missing(rows)],
    }


def _publish_form(call: Call) -> Any:
    month = queries.next_month(call.row, call.today)
    months = [month] if month else []
    return forms.PublishForm(
        governments=[call.row], months=months, initial={"government": str(call.row.pk)}
    )


def _to_correct(call: Call) -> Publication:
    row = _seen(call)
    rules.check_may_for(call.user, CORRECT, row.unit)
    return row


def _to_withdraw(call: Call) -> Publication:
    row = _seen(call)
    rules.check_may_for(call.user, WITHDRAW, row.unit)
    return row


def _correction(call: Call) -> Any:
    row = _to_correct(call)
    now = queries.rows_of(queries.as_of(row.unit, row.month, call.now))
    told = sheets.told_against(queries.compared(row), now) or sheets.Since("").told()
    return shown.told(told, _said(), _language())


def _changed(call: Call) -> dict[str, Any]:
    government = government_of(call, VIEW)
    newest = queries.standing(government)
    if newest is None:
        return {"publication": None, "items": []}
    newest.unit = government
    found = queries.drifted(newest, queries.lines(newest), today=call.today, known=call.now)
    return {"publication": newest, "items": [drift_told(one) for one in found]}


def drift_told(one: queries.Drift) -> dict[str, Any]:
    """Tell what an agreement says otherwise now, in the words of the caller's language."""
    return {
        "agreement": one.agreement and {"id": one.agreement, "name": one.title},
        "key": one.key,
        "change": one.change,
        "fields": shown.differences(one.fields, _said(), _language()),
        "wrong": sorted(one.wrong),
    }


desk.lists(LIST, _("Publications of the register"), PublicationRow, forms.publication_listing,
           may=VIEW)  # fmt: skip
desk.shows("publications/{pk}", _("Publication"), PublicationPage, _seen, may=VIEW)
desk.shows("publications/{pk}/correction", _("What a correction would change"), ChangesShape,
           _correction, may=CORRECT)  # fmt: skip
desk.writes(
    "publications/{pk}/correct", _("Publish a correction"), forms.CorrectForm,
    lambda call, form: actions.correct(call.row, **form.cleaned_data, **call.who),
    may=CORRECT, find=_to_correct, creates=LIST,
)  # fmt: skip
desk.writes(
    "publications/{pk}/withdraw", _("Withdraw a version"), forms.WithdrawForm,
    lambda call, form: actions.withdraw(call.row, **form.cleaned_data, **call.who),
    may=WITHDRAW, find=_to_withdraw,
)  # fmt: skip
desk.shows("governments", _("Governments"), Governments, _governments, may=VIEW)
desk.shows("governments/{pk}/next", _("The month to publish next"), NextShape, _next, may=PUBLISH)
desk.writes(
    "governments/{pk}/publish", _("Publish the month"), _publish_form,
    lambda call, form: actions.publish(*form.values(), **call.who),
    may=PUBLISH, find=lambda call: government_of(call, PUBLISH), creates=LIST,
    fields={"month": forms.PublishForm.base_fields["month"]},
)  # fmt: skip
desk.shows("governments/{pk}/changed", _("Changed since the publication"), Drifts, _changed,
           may=VIEW)  # fmt: skip
