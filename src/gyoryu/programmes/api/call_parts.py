"""The parts of a call and the questions of its form, changed by programs as on the screens."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import parts as actions
from gyoryu.programmes.forms import calls as call_forms
from gyoryu.programmes.forms import parts as part_forms
from gyoryu.programmes.forms import questions as forms
from gyoryu.programmes.models import Call as Row
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.queries import parts as part_queries
from gyoryu.programmes.questions import Question
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules.publishing import form_of
from gyoryu.web import clock
from gyoryu.web.calls import Call, Desk

CHANGE = "programmes.change"
desk = Desk(_("Parts and forms of calls"))
# All fields that some question has, for whoever describes them; its kind stays what it is.
ANY = {name: field for name, field in forms.AnyQuestionForm().fields.items() if name != "kind"}
REASONED = call_forms.StepForm(announced=True).fields


def _own(call: Call) -> Row:
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _rebuildable(call: Call) -> Row:
    row = _own(call)
    rules.check_can_rebuild(row, at=clock.now())
    return row


def _item(part: str, *, rebuilt: bool) -> Any:
    """Return what finds a row of a part, and refuses where it could not be changed."""

    def find(call: Call) -> Any:
        rows = part_queries.MODELS[part].objects.filter(call__in=queries.seen(call.user))
        row = get_object_or_404(rows.select_related("call__unit"), pk=call.pk)
        check_may(call.user, CHANGE, row.call.unit)
        check = rules.check_can_rebuild if rebuilt else rules.check_can_edit
        check(row.call, at=clock.now())
        return row

    return find


def _part_form(part: str) -> Any:
    def make(call: Call) -> Any:
        row = call.row
        told = {"kind": row.kind} if part == "rules" else {}
        return part_forms.FORMS[part](call=row.call, initial=part_forms.edited(part, row), **told)

    return make


def _change(part: str) -> Any:
    def change(call: Call, form: Any) -> Row:
        values = form.values()
        reason = values.pop("reason", "")
        of: Row = actions.change(call.row, part, values, reason=reason, **call.who).call
        return of

    return change


def _reasoned(call: Call) -> Any:
    of = getattr(call.row, "call", call.row)
    return call_forms.StepForm(announced=of.state != Row.State.DRAFT)


def _reason(form: Any) -> str:
    return str(form.cleaned_data.get("reason", ""))


def _remove(part: str) -> Any:
    def remove(call: Call, form: Any) -> Row:
        return actions.remove(call.row, part, reason=_reason(form), **call.who)

    return remove


def _up(part: str) -> Any:
    def up(call: Call, form: Any) -> Row:
        return actions.move(call.row, part, up=True, reason=_reason(form), **call.who)

    return up


for part, title in part_queries.ONE.items():
    desk.writes(
        f"call-{part}/{{pk}}", title, _part_form(part), _change(part), may=CHANGE,
        find=_item(part, rebuilt=False), method="PATCH",
        fields={**part_forms.FORMS[part]().fields, "reason": call_forms.reason_field()},
    )  # fmt: skip
    desk.writes(
        f"call-{part}/{{pk}}/remove", _("Take away"), _reasoned,
        _remove(part),
        may=CHANGE, find=_item(part, rebuilt=True), fields=REASONED,
    )  # fmt: skip
    desk.writes(
        f"call-{part}/{{pk}}/up", _("Move up"), _reasoned,
        _up(part),
        may=CHANGE, find=_item(part, rebuilt=True), fields=REASONED,
    )  # fmt: skip


def _asked(call: Call) -> tuple[list[Question], int]:
    """Return the questions of a call and the place of the one that the address names."""
    asked = list(form_of(call.row))
    place = next((n for n, one in enumerate(asked) if one.code == call.path["code"]), None)
    if place is None:
        raise Http404
    return asked, place


def _of_question(find: Any) -> Any:
    def found(call: Call) -> Row:
        call.row = find(call)
        _asked(call)
        of: Row = call.row
        return of

    return found


def _editable(call: Call) -> Row:
    row = _own(call)
    rules.check_can_edit(row, at=clock.now())
    return row


def _question_form(call: Call) -> Any:
    asked, place = _asked(call)
    row = asked[place]
    return forms.QuestionForm(call=call.row, kind=row.kind, row=row, initial=forms.edited(row))


def _set(call: Call, asked: list[Question], form: Any) -> Row:
    return actions.set_form(call.row, asked, reason=_reason(form), **call.who)


def _add_question(call: Call, form: Any) -> Row:
    return _set(call, [*form_of(call.row), form.cleaned_data["question"]], form)


def _change_question(call: Call, form: Any) -> Row:
    asked, place = _asked(call)
    return _set(call, [*asked[:place], form.cleaned_data["question"], *asked[place + 1 :]], form)


def _remove_question(call: Call, form: Any) -> Row:
    asked, place = _asked(call)
    return _set(call, [*asked[:place], *asked[place + 1 :]], form)


def _move_question(call: Call, form: Any) -> Row:
    asked, place = _asked(call)
    if place:
        asked[place - 1], asked[place] = asked[place], asked[place - 1]
    return _set(call, asked, form)


desk.writes(
    "calls/{pk}/questions", _("Add a question"),
    lambda call: forms.AnyQuestionForm(call=call.row), _add_question,
    may=CHANGE, find=_rebuildable,
)  # fmt: skip
desk.writes(
    "calls/{pk}/questions/{code}", _("Change a question"), _question_form, _change_question,
    may=CHANGE, find=_of_question(_editable), method="PATCH", fields=ANY,
)  # fmt: skip
desk.writes(
    "calls/{pk}/questions/{code}/remove", _("Take away"), _reasoned, _remove_question,
    may=CHANGE, find=_of_question(_rebuildable), fields=REASONED,
)  # fmt: skip
desk.writes(
    "calls/{pk}/questions/{code}/up", _("Move up"), _reasoned, _move_question,
    may=CHANGE, find=_of_question(_rebuildable), fields=REASONED,
)  # fmt: skip
