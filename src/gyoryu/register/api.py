"""The desk of the public register as programs work it; the register itself is open to all."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Agreement
from gyoryu.agreements.rules.agreements import check_stands
from gyoryu.evidence import queries as evidence
from gyoryu.register import actions, forms, rules
from gyoryu.register.models import Level, Publication, Rule
from gyoryu.register.queries import publications as queries
from gyoryu.register.queries import reading
from gyoryu.register.rolls import changes
from gyoryu.register.sheets import document as sheets
from gyoryu.register.sheets import shown, words
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, PUBLISH, CORRECT = "register.view", "register.publish", "register.correct"
WITHDRAW = "register.withdraw"
RULES, POLICY = "register.rules", "register.policy"
LIST = "publications"
desk = Desk(_("Public register"))
DESKS = [desk]


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


class KindShape(Shape):
    """How far agreements of a kind are published; ``own``: the government has said so itself."""

    kind: Agreement.Kind
    level: Level
    ground: str
    own: bool


class Policy(Shape):
    """How far a government publishes its agreements, by kind."""

    items: list[KindShape]


class RuleShape(Shape):
    """How far an agreement is published: by its own rule, or without one by the policy.

    ``changed`` is what it says otherwise now than in the newest publication; ``withdrawn_at`` and
    ``withdrawal`` tell since when and why its public page is withdrawn.
    """

    own: bool
    level: Level
    ground: str
    documents: list[Named]
    publication: Named | None
    changed: DriftShape | None
    withdrawn_at: datetime | None
    withdrawal: str


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


def _government(call: Call, capability: str) -> Unit:
    return get_object_or_404(queries.of_user(call.user, capability), pk=call.pk)


def _next(call: Call) -> dict[str, Any]:
    government = _government(call, PUBLISH)
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


def _public_page(call: Call) -> Agreement:
    row = _agreement(call)
    rules.check_may_for(call.user, WITHDRAW, queries.government_of(row))
    return row


def _correction(call: Call) -> Any:
    row = _to_correct(call)
    now = queries.rows_of(queries.as_of(row.unit, row.month, call.now))
    told = sheets.told_against(queries.compared(row), now) or sheets.Since("").told()
    return shown.told(told, _said(), _language())


def _changed(call: Call) -> dict[str, Any]:
    government = _government(call, VIEW)
    newest = queries.standing(government)
    if newest is None:
        return {"publication": None, "items": []}
    newest.unit = government
    found = queries.drifted(newest, queries.lines(newest), today=call.today, known=call.now)
    return {"publication": newest, "items": [_drift(one) for one in found]}


def _drift(one: queries.Drift) -> dict[str, Any]:
    return {
        "agreement": one.agreement and {"id": one.agreement, "name": one.title},
        "key": one.key,
        "change": one.change,
        "fields": shown.differences(one.fields, _said(), _language()),
        "wrong": sorted(one.wrong),
    }


def _policy(call: Call) -> dict[str, Any]:
    own = reading.policy(_government(call, VIEW))
    said = {**rules.SHIPPED, **own}
    found = [(kind.value, *said.get(kind, rules.OPEN)) for kind in Agreement.Kind]
    return {
        "items": [
            {"kind": kind, "level": level, "ground": ground, "own": kind in own}
            for kind, level, ground in found
        ]
    }


def _to_rule(call: Call) -> Unit:
    if call.path["kind"] not in Agreement.Kind:
        raise Http404
    return _government(call, POLICY)


def _policy_form(call: Call) -> Any:
    if call.row is None:
        return forms.DefaultForm()
    said = {**rules.SHIPPED, **reading.policy(call.row)}
    level, ground = said.get(call.path["kind"], rules.OPEN)
    return forms.DefaultForm(initial={"level": level, "ground": ground})


def _set_policy(call: Call, form: Any) -> Unit:
    actions.set_default(call.row, call.path["kind"], **form.cleaned_data, **call.who)
    government: Unit = call.row
    return government


def _agreement(call: Call) -> Agreement:
    rows = visible(Agreement.objects.all(), call.user, VIEW)
    return get_object_or_404(rows.select_related("unit"), pk=call.pk)


def _standing(call: Call) -> Agreement:
    row = _agreement(call)
    check_may(call.user, RULES, row.unit)
    check_stands(row)
    return row


def _rule(call: Call) -> dict[str, Any]:
    row = _agreement(call)
    government = queries.government_of(row)
    own = Rule.objects.filter(agreement=row).first()
    level, ground = (own.level, own.ground) if own else _by_policy(row, government)
    gone = None
    newest, found = queries.standing(government), list[queries.Drift]()
    if newest:
        newest.unit = government
        frozen = queries.lines(newest, row.pk)
        if row.pk in frozen:
            gone = queries.page_withdrawal(government, frozen[row.pk]["key"], newest)
        found = queries.drifted(newest, frozen, today=call.today, known=call.now, only=row.pk)
    return {
        "own": own is not None,
        "level": level,
        "ground": ground,
        "documents": list(own.documents.all()) if own else [],
        "publication": newest,
        "changed": _drift(found[0]) if found else None,
        "withdrawn_at": gone.withdrawn_at if gone else None,
        "withdrawal": gone.reason if gone else "",
    }


def _by_policy(row: Agreement, government: Unit) -> rules.Shown:
    return {**rules.SHIPPED, **reading.policy(government)}.get(row.kind, rules.OPEN)


def _rule_form(call: Call) -> Any:
    row = call.row
    own = Rule.objects.filter(agreement=row).first()
    level, _ground = _by_policy(row, queries.government_of(row))
    return forms.RuleForm(
        policy=str(Level(level).label),
        documents=list(evidence.of_record(row).exclude(file="")),
        initial=own and {
            "level": own.level, "ground": own.ground,
            "documents": [str(one.pk) for one in own.documents.all()],
        },
    )  # fmt: skip


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
    may=PUBLISH, find=lambda call: _government(call, PUBLISH), creates=LIST,
    fields={"month": forms.PublishForm.base_fields["month"]},
)  # fmt: skip
desk.shows("governments/{pk}/changed", _("Changed since the publication"), Drifts, _changed,
           may=VIEW)  # fmt: skip
desk.shows("governments/{pk}/policy", _("What is published, by kind"), Policy, _policy, may=VIEW)
desk.writes(
    "governments/{pk}/policy/{kind}", _("Change what is published of a kind"), _policy_form,
    _set_policy, may=POLICY, find=_to_rule, method="PATCH",
)  # fmt: skip
desk.shows("agreements/{pk}/publication", _("In the public register"), RuleShape, _rule, may=VIEW)
desk.writes(
    "agreements/{pk}/publication", _("Change how far it is published"), _rule_form,
    lambda call, form: actions.set_rule(call.row, **form.values(), **call.who),
    may=RULES, find=_standing, method="PATCH", fields=forms.RuleForm.base_fields,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/publication/withdraw", _("Withdraw the public page"), forms.WithdrawForm,
    lambda call, form: actions.withdraw_page(call.row, **form.cleaned_data, **call.who),
    may=WITHDRAW, find=_public_page,
)  # fmt: skip
