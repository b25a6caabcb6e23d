"""Agreements, their parties and the steps they take."""

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import agreements as actions
from gyoryu.agreements.actions import lifecycle
from gyoryu.agreements.forms import agreements as forms
from gyoryu.agreements.forms import lifecycle as steps
from gyoryu.agreements.models import Agreement, Party, Signatory, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.rules import agreements as rules
from gyoryu.evidence import queries as evidence
from gyoryu.web.calls import Call, Desk, Named, PeriodText, Shape

VIEW, CHANGE = "agreements.view", "agreements.change"
LIST = "agreements"
desk = Desk(_("Agreements"))


class AgreementLine(Shape):
    """An agreement as its list tells it."""

    id: int
    number: str
    kind: Agreement.Kind
    title_ko: str
    title_en: str
    signed: PeriodText | None
    status: Status
    status_since: date
    ends_on: date | None
    partner_region: Named | None
    unit: Named
    owner: Named | None
    next_duty_on: date | None
    last_contact_on: date | None


class AgreementRow(AgreementLine):
    """An agreement in the list, with its promises due and those of them kept in time."""

    n_due: int
    n_kept: int


class SignatoryShape(Shape):
    """Who signed, with the title on the document."""

    id: int
    person: Named
    title: str


class PartyShape(Shape):
    """A party and who signed for it."""

    id: int
    organisation: Named
    side: Side
    signatories: list[SignatoryShape]


class StepShape(Shape):
    """A step of an agreement's life."""

    status: Status
    on: date
    reason: str


class AgreementPage(AgreementLine):
    """All that an agreement says of itself."""

    summary: str
    method: Agreement.Method | Literal[""]
    place: Named | None
    place_note: str
    areas: list[Named]
    term_months: int | None
    renewal: Agreement.Renewal | Literal[""]
    parent: Named | None
    replaced_by: Named | None
    shared_with: list[Named]
    no_document_reason: str
    voided_at: datetime | None
    voided_reason: str
    parties: list[PartyShape]
    course: list[StepShape]
    documents: list[Named]

    @staticmethod
    def resolve_documents(row: Agreement) -> Any:
        """Return the documents that stand."""
        return evidence.of_record(row)


def _seen(user: User) -> QuerySet[Any]:
    rows = visible(Agreement.objects.all(), user, VIEW)
    return rows.select_related("unit", "owner", "place", "partner_region", "replaced_by", "parent")


def _page(call: Call) -> Any:
    parts = ("parties__organisation", "parties__signatories__person", "course", "areas")
    rows = _seen(call.user).prefetch_related(*parts, "shared_with")
    return get_object_or_404(rows, pk=call.pk)


def _changeable(user: User, pk: int) -> Any:
    """Return an agreement that somebody may change, with all that its rules ask."""
    row = get_object_or_404(queries.standing(_seen(user)), pk=pk)
    check_may(user, CHANGE, row.unit)
    rules.check_stands(row)
    return row


def _own(call: Call) -> Any:
    return _changeable(call.user, call.pk)


def _home_of(call: Call) -> Unit:
    """Return the department that a caller's new records belong to, as the grants name it."""
    access = call.user.access
    under = access.paths(CHANGE)
    grant = min((one for one in access.grants if one.path in under), key=lambda one: one.path)
    return Unit(pk=grant.unit, path=grant.path)


def _party(call: Call) -> Party:
    party = get_object_or_404(Party.objects.select_related("organisation"), pk=call.pk)
    party.agreement = _changeable(call.user, party.agreement_id)
    return party


def _signatory(call: Call) -> Signatory:
    rows = Signatory.objects.select_related("person", "party__organisation")
    signatory = get_object_or_404(rows, pk=call.pk)
    signatory.party.agreement = _changeable(call.user, signatory.party.agreement_id)
    return signatory


def _signatory_form(call: Call) -> Any:
    return forms.SignatoryForm(party=call.row)


def _add_signatory(call: Call, form: Any) -> Any:
    person, position = form.chosen()
    title = form.cleaned_data["title"]
    return actions.add_signatory(call.row, person, title=title, position=position, **call.who)


desk.lists(LIST, _("Agreements"), AgreementRow, forms.agreement_listing, may=VIEW)
desk.writes(
    LIST, _("New agreement"),
    lambda call: forms.AgreementForm(user=call.user, initial={"owner": call.user.pk}),
    lambda call, form: actions.draft(_home_of(call), form.values(), **call.who),
    may=CHANGE, creates=LIST,
)  # fmt: skip
desk.shows("agreements/{pk}", _("Agreement"), AgreementPage, _page, may=VIEW)
desk.writes(
    "agreements/{pk}", _("Edit the agreement"),
    lambda call: forms.AgreementForm(
        user=call.user, row=call.row or Agreement(), initial=call.row and forms.edited(call.row)
    ),
    lambda call, form: actions.change(call.row, form.values(), **call.who),
    may=CHANGE, find=_own, method="PATCH",
)  # fmt: skip
desk.writes(
    "agreements/{pk}/move", _("Change status"),
    lambda _call: steps.MoveForm(steps=Status.choices),
    lambda call, form: actions.move(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/sign", _("Record the signing"), steps.SignForm,
    lambda call, form: actions.sign(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/renew", _("Renew"), steps.RenewForm,
    lambda call, form: lifecycle.renew(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/replace", _("Replace by another agreement"),
    lambda call: steps.ReplaceForm(user=call.user),
    lambda call, form: actions.replace(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/void", _("Void this agreement"), steps.VoidForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/parties", _("Add a party"), forms.PartyForm,
    lambda call, form: actions.add_party(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "parties/{pk}/remove", _("Take a party away"), forms.ConfirmForm,
    lambda call, _form: actions.remove_party(call.row, **call.who) or call.row.agreement,
    may=CHANGE, find=_party,
)  # fmt: skip
desk.writes(
    "parties/{pk}/signatories", _("Who signed"), _signatory_form, _add_signatory,
    may=CHANGE, find=_party, fields=forms.SignatoryForm.base_fields,
)  # fmt: skip
desk.writes(
    "signatories/{pk}/remove", _("Take a signatory away"), forms.ConfirmForm,
    lambda call, _form: actions.remove_signatory(call.row, **call.who) or call.row.party.agreement,
    may=CHANGE, find=_signatory,
)  # fmt: skip
