"""The fields of co-operation that records are filed under."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.actions import areas as actions
from gyoryu.agreements.forms.areas import AreaForm
from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.agreements.models import Area
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, KEEP = "agreements.view", "agreements.areas"
desk = Desk(_("Areas"))


class Areas(Shape):
    """All areas, retired ones too: records may be filed under them still."""

    items: list[Named]


def _area(call: Call) -> Area:
    return get_object_or_404(Area, pk=call.pk)


def _form(call: Call) -> Any:
    row = call.row
    return AreaForm(initial=row and {"name_ko": row.name_ko, "name_en": row.name_en})


desk.shows("areas", _("Areas"), Areas, lambda _call: {"items": list(Area.objects.all())}, may=VIEW)
desk.writes(
    "areas", _("New area"), AreaForm,
    lambda call, form: actions.add_area(form.cleaned_data, **call.who), may=KEEP,
)  # fmt: skip
desk.writes(
    "areas/{pk}", _("Rename the area"), _form,
    lambda call, form: actions.rename_area(call.row, form.cleaned_data, **call.who),
    may=KEEP, find=_area, method="PATCH",
)  # fmt: skip
desk.writes(
    "areas/{pk}/retire", _("Retire the area"), ReasonForm,
    lambda call, form: actions.retire_area(call.row, **form.cleaned_data, **call.who),
    may=KEEP, find=_area,
)  # fmt: skip
desk.writes(
    "areas/{pk}/restore", _("Offer the area again"), ReasonForm,
    lambda call, form: actions.restore_area(call.row, **form.cleaned_data, **call.who),
    may=KEEP, find=_area,
)  # fmt: skip
