"""Suspected doubles and merges as programs read and settle them."""

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import actions
from gyoryu.parties.forms import merging, organisations
from gyoryu.parties.models import Double, Merge
from gyoryu.parties.queries import doubles
from gyoryu.web.calls import Call, Desk, Shape

VIEW, MERGE = "parties.view", "parties.merge"
desk = Desk(_("Suspected doubles"))


class DoubleRow(Shape):
    """Two records that may be one, and why."""

    id: int
    kind: Literal["region", "organisation", "person"]
    one: int
    other: int
    reason: Double.Reason
    found_at: datetime
    dismissed_at: datetime | None
    remark: str


class MergePage(Shape):
    """Two records that were found to be one."""

    id: int
    kind: Literal["region", "organisation", "person"]
    kept: int
    gone: int
    kept_name: str
    gone_name: str
    reason: str
    at: datetime
    undone_at: datetime | None


def _double(call: Call) -> Double:
    return doubles.with_records([get_object_or_404(doubles.standing(), pk=call.pk)])[0]


def _join(call: Call, form: Any) -> Merge:
    standing = doubles.STANDING[call.row.kind]()
    first, second = (get_object_or_404(standing, pk=pk) for pk in (call.row.one, call.row.other))
    kept, gone = (first, second) if form.cleaned_data["stays"] == "first" else (second, first)
    return actions.merge(kept, gone, reason=form.cleaned_data["reason"], **call.who)


def _merge(call: Call) -> Merge:
    return get_object_or_404(Merge.objects.select_related("unit"), pk=call.pk)


desk.lists("doubles", _("Suspected doubles"), DoubleRow, merging.double_listing, may=VIEW)
desk.writes(
    "doubles/{pk}/apart", _("Tell apart"), organisations.RemarkForm,
    lambda call, form: actions.dismiss(call.row, **form.cleaned_data, **call.who),
    may=MERGE, find=_double,
)  # fmt: skip
desk.writes(
    "doubles/{pk}/merge", _("Merge two records"), merging.MergeForm, _join, may=MERGE, find=_double,
    creates="merges",
)  # fmt: skip
desk.shows("merges/{pk}", _("Merge"), MergePage, _merge, may=VIEW)
desk.writes(
    "merges/{pk}/undo", _("Undo the merge"), organisations.SureForm,
    lambda call, _form: actions.undo_merge(call.row, **call.who),
    may=MERGE, find=_merge,
)  # fmt: skip
