"""The screens of the areas of co-operation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.agreements.actions import areas as actions
from gyoryu.agreements.forms.areas import AreaForm
from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.agreements.models import Area
from gyoryu.agreements.queries import areas as queries
from gyoryu.history import queries as history
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

CHANGE = "agreements.areas"


@may("agreements.view")
def areas(request: Request) -> HttpResponse:
    context = {"rows": queries.counted(), "may_change": request.user.access.may(CHANGE)}
    return render(request, "agreements/areas/list.html", context)


@may("agreements.areas")
def area_new(request: Request) -> HttpResponse:
    return posting.run(
        request,
        AreaForm(posting.typed(request)),
        "agreements/areas/form.html",
        lambda values: actions.add_area(values, by=request.user, at=clock.now()),
        done=_("The area is added. Forms offer it from now on."),
        to=reverse("areas"),
    )


@may("agreements.areas")
def area_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Area, pk=pk)
    initial = {"name_ko": row.name_ko, "name_en": row.name_en}
    return posting.run(
        request,
        AreaForm(posting.typed(request), initial=initial),
        "agreements/areas/form.html",
        lambda values: actions.rename_area(row, values, by=request.user, at=clock.now()),
        to=reverse("areas"),
        context={"row": row, "entries": history.of_record(row)[:30]},
    )


@may("agreements.areas")
def area_retire(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Area, pk=pk)
    page = Page(
        _("Retire the area “%(name)s”") % {"name": row},
        above=_list(),
        explained=_(
            "Forms offer it no longer. What is filed under it stays there, "
            "and lists can still be narrowed to it."
        ),
        save=_("Retire the area"),
    )
    return small.act_on(
        request, row, ReasonForm, actions.retire_area, page, done=_("The area is retired.")
    )


@may("agreements.areas")
def area_restore(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Area, pk=pk)
    page = Page(
        _("Take up the area “%(name)s” again") % {"name": row},
        above=_list(),
        explained=_("Forms offer it again."),
        save=_("Take up again"),
    )
    return small.act_on(
        request, row, ReasonForm, actions.restore_area, page, done=_("The area is in use again.")
    )


def _list() -> tuple[str, str]:
    return _("Areas of co-operation"), reverse("areas")
