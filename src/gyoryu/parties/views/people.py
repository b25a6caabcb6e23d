"""The screens of people and their positions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.parties import actions, queries
from gyoryu.parties.forms import people as forms
from gyoryu.parties.forms.organisations import ContactForm, ReasonForm
from gyoryu.parties.models import Person, Position
from gyoryu.parties.views.shared import actionable, options, voiding
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Name in its own language"), lambda row: row.name_native),
    export.Column(
        gettext_lazy("Positions now"), lambda row: " / ".join(str(held) for held in row.now)
    ),
    export.Column(gettext_lazy("Responsible unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet("people", COLUMNS)


@may("parties.view")
def people(request: Request) -> HttpResponse:
    listing = forms.person_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    return render(request, "parties/people.html", {"listing": listing, "heading": _("People")})


@may("parties.view")
def person(request: Request, pk: int) -> HttpResponse:
    rows = Person.objects.select_related("unit", "merged_into").prefetch_related("contacts")
    row = get_object_or_404(rows, pk=pk)
    held = list(row.positions.select_related("organisation"))
    around = queries.positions().filter(
        organisation__in=[position.organisation_id for position in held]
    )
    context = {
        "row": row,
        "positions": held,
        "clashes": [
            pair for pair in queries.clashes(around) if row.pk in {p.person_id for p in pair}
        ],
        "aliases": queries.other_names(row),
        "suspicions": queries.suspicions(row),
        "documents": evidence.of_record(row),
        "entries": history.of_record(row)[:50],
        **actionable(request, row),
    }
    return render(request, "parties/person.html", context)


@may("parties.change")
def person_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, "parties.change")
    return posting.run(
        request,
        forms.PersonForm(posting.typed(request)),
        "parties/person_form.html",
        lambda values: actions.add_person(unit, values, by=request.user, at=clock.now()),
        done=_("The person is in the register. Add the position next."),
    )


def _own(pk: int) -> Person:
    return get_object_or_404(queries.people(), pk=pk)


@may("parties.change")
def person_edit(request: Request, pk: int) -> HttpResponse:
    row = _own(pk)
    initial = {name: getattr(row, name) for name in forms.PersonForm.base_fields}
    return posting.run(
        request,
        forms.PersonForm(posting.typed(request), initial=initial),
        "parties/person_form.html",
        lambda values: actions.change_person(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("parties.change")
def person_void(request: Request, pk: int) -> HttpResponse:
    row = _own(pk)
    return small.act_on(
        request,
        row,
        ReasonForm,
        actions.void_person,
        voiding(row),
        done=_("The person is voided."),
    )


@may("parties.change")
def person_contact(request: Request, pk: int) -> HttpResponse:
    row = _own(pk)
    page = Page(
        _("Contact of %(name)s") % {"name": row},
        row,
        explained=_("Only how the person is reached at work. Private addresses are not kept."),
    )
    return small.act_on(request, row, ContactForm, actions.add_contact, page)


@may("parties.change")
def position_new(request: Request, pk: int) -> HttpResponse:
    row = _own(pk)
    initial = {}
    if (asked := request.GET.get("organisation", "")).isdigit():
        initial["organisation"] = queries.organisations().filter(pk=int(asked)).first()
    return small.run(
        request,
        forms.PositionForm(posting.typed(request), initial=initial),
        lambda values: (
            actions.add_position(
                row, values.pop("organisation"), values, by=request.user, at=clock.now()
            ).person
        ),
        Page(_("Position of %(name)s") % {"name": row}, row),
    )


def _position(pk: int) -> Position:
    return get_object_or_404(Position.objects.select_related("person__unit", "organisation"), pk=pk)


@may("parties.change")
def position_edit(request: Request, pk: int) -> HttpResponse:
    position = _position(pk)
    initial = {name: getattr(position, name) for name in forms.PositionForm.base_fields}
    return small.run(
        request,
        forms.PositionForm(posting.typed(request), initial=initial),
        lambda values: (
            actions.change_position(position, values, by=request.user, at=clock.now()).person
        ),
        Page(_("Position of %(name)s") % {"name": position.person}, position.person),
    )


@may("parties.change")
def position_end(request: Request, pk: int) -> HttpResponse:
    position = _position(pk)
    return small.run(
        request,
        forms.EndForm(posting.typed(request), initial={"until": clock.today()}),
        lambda values: (
            actions.end_position(
                position, on=values["until"], by=request.user, at=clock.now()
            ).person
        ),
        Page(_("End of a position"), position.person, explained=f"{position.person} · {position}"),
    )


@may("parties.view")
def person_options(request: Request) -> HttpResponse:
    return options(request, queries.people())


@may("parties.view")
def position_options(request: Request) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", "q"), "")
    found = queries.called(queries.positions(), text)[:12] if len(text.strip()) > 1 else []
    labels = [f"{row.person} · {row} #{row.pk}" for row in found]
    return render(request, "web/options.html", {"labels": labels})
