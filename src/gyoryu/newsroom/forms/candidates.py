"""What is typed when a fact is corrected before it enters the register: a form for each kind."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.forms import picks
from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.base import names
from gyoryu.newsroom.models import Candidate
from gyoryu.parties import queries as parties
from gyoryu.parties.forms import fields
from gyoryu.parties.models import Organisation
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Programme
from gyoryu.trade.forms.published import FiguresForm
from gyoryu.trade.models import Event
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

Kind, Match, State = Candidate.Kind, Candidate.Match, Candidate.State
STANDINGS = [
    ("signed", _("Signed: I confirm it")),
    ("draft", _("Not signed yet: a draft")),
]
RESOLVES = [
    ("keep", _("The record is right: only note the article")),
    ("take", _("The article is right: change the record")),
    ("new", _("It is something else: make a new record")),
]
MOST_SIDES = 20


class SideField(forms.TextField):
    """Organisations of one side, a line each: a name, or a name and its number behind "#".

    Gives the organisations found, and the names that the register does not have.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("One organisation a line."))
        super().__init__(rows=3, max_length=4000, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Find each line's organisation; ambiguous names are answered with the choices."""
        rows: list[Organisation] = []
        unknown: list[str] = []
        lines = [names.nfc(line) for line in str(super().to_python(value)).splitlines()]
        for line in list(filter(None, lines))[:MOST_SIDES]:
            found = self._found(line)
            if found is None:
                unknown.append(line[:200])
            elif found not in rows:
                rows.append(found)
        return (rows, unknown) if rows or unknown else None

    def _found(self, line: str) -> Organisation | None:
        number = line.rpartition("#")[2] if "#" in line else ""
        standing = parties.organisations()
        if number.isdigit():
            return standing.filter(pk=int(number)).first()
        found = list(parties.meant(standing, line)[:4])
        exact = [row for row in found if line in (row.name_ko, row.name_en, row.name_native)]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if found:
            choices = " / ".join(forms.pick_label(row) for row in found)
            raise plain.ValidationError(
                _("“%(line)s” may mean several: %(choices)s"),
                params={"line": line[:60], "choices": choices},
            )
        return None

    def run_validators(self, value: Any) -> None:
        """The names were looked up; they need no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show organisations by their names and numbers."""
        if isinstance(value, list):
            return "\n".join(forms.pick_label(row) for row in value)
        return value


class CandidateForm(forms.Form):
    """What every fact's form has: which value holds, where the register says otherwise."""

    sides: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if candidate.match in {Match.UPDATE, Match.CONTRADICTION}:
            self.fields["resolve"] = forms.ChoiceField(
                label=_("Which holds?"), choices=RESOLVES, widget=plain.RadioSelect
            )
        if self.sides:
            self.fields["add_unknown"] = plain.BooleanField(
                label=_("Add names that the register does not have as new organisations"),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse names nobody knows, unless they are to be added."""
        told = super().clean() or {}
        for side in self.sides:
            _rows, unknown = told.get(side) or ([], [])
            if unknown and not told.get("add_unknown"):
                reason = _("The register has no “%(names)s”. Tick below to add it.")
                self.add_error(side, reason % {"names": ", ".join(unknown)[:120]})
        return told

    def values(self) -> dict[str, Any]:
        """Return what accepting takes."""
        told = dict(self.cleaned_data)
        told.pop("add_unknown", None)
        for side in self.sides:
            rows, unknown = told.pop(side) or ([], [])
            told[side], told[f"new_{side}"] = rows, unknown
        return told


class AgreementForm(CandidateForm):
    """An agreement read from an article."""

    sides = ("ours", "theirs")
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *Agreement.Kind.choices])
    title_ko = forms.TextField(label=_("Korean title"))
    title_en = forms.TextField(label=_("English title"), required=False)
    standing = forms.ChoiceField(
        label=pgettext_lazy("newsroom", "Standing"), choices=STANDINGS, widget=plain.RadioSelect
    )
    signed = forms.PeriodField(label=_("Signed on"), required=False)
    ours = SideField(label=_("Our side"), required=False)
    theirs = SideField(label=_("Their side"))
    place_note = forms.TextField(label=_("Place"), required=False)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        self.fields["parent"] = picks.agreement(user, label=_("Grown out of"), required=False)
        own = [name for name in self.base_fields if name != "place_note"]
        self.order_fields(["resolve", *own, "add_unknown", "parent", "place_note"])


class BodyForm(CandidateForm):
    """A consultative body read from an article."""

    name_ko = forms.TextField(label=_("Name in Korean"))
    name_en = forms.TextField(label=_("Name in English"), required=False)
    cadence_months = plain.IntegerField(label=_("Meets every … months"), min_value=1, max_value=120)
    founded_on = forms.DayField(label=_("Founded on"), required=False)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        self.fields["agreement"] = picks.agreement(user, label=_("Under the agreement"))


class EngagementForm(CandidateForm):
    """A contact read from an article."""

    sides = ("theirs",)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[choice for choice in Engagement.Kind.choices if choice[0] != "session"],
    )
    title_ko = forms.TextField(label=_("Korean title"))
    title_en = forms.TextField(label=_("English title"), required=False)
    when = forms.PeriodField(label=_("When"))
    state = forms.ChoiceField(
        label=pgettext_lazy("newsroom", "Standing"),
        choices=[choice for choice in Engagement.State.choices if choice[0] != "cancelled"],
    )
    theirs = SideField(label=_("With"), required=False)
    venue = forms.TextField(label=_("Where"), required=False)
    summary = forms.TextField(label=_("Summary"), rows=3, max_length=4000, required=False)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        rows = visible(Body.objects.filter(voided_at=None, ended_on=None), user, "agreements.view")
        self.fields["body"] = plain.ModelChoiceField(
            rows,
            label=_("As a session of"),
            required=False,
            help_text=_("It is numbered after the body's last session, and the next falls due."),
        )


class CommitmentForm(CandidateForm):
    """A promise read from an article."""

    words = forms.TextField(label=_("Promise, in its words"), rows=3, max_length=2000)
    side = forms.ChoiceField(label=_("Whose"), choices=Side, widget=plain.RadioSelect)
    due = forms.PeriodField(label=_("Due"), required=False)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        self.fields["organisation"] = fields.organisation_field(label=_("Partner"), required=False)
        under = _("Under the agreement")
        self.fields["agreement"] = picks.agreement(user, label=under, required=False)
        for name, model, label in (
            ("engagement", Engagement, _("Said at")),
            ("body", Body, _("Of the body")),
        ):
            rows: Any = visible(model.objects.filter(voided_at=None), user, "agreements.view")
            self.fields[name] = plain.ModelChoiceField(
                rows.filter(pk__in=_own(candidate, model)), label=label, required=False
            )


def _own(candidate: Candidate, model: type[Any]) -> list[int]:
    """The records of a model that the same article has brought in."""
    rows = Candidate.objects.filter(article=candidate.article, made__isnull=False)
    made = rows.values_list("made", "made_model__model")
    return [pk for pk, name in made if pk and name == model._meta.model_name]


class PersonForm(CandidateForm):
    """A person read from an article."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120, required=False)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)
    title = forms.TextField(label=_("Office"), max_length=120, required=False)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        self.fields["organisation"] = fields.organisation_field(label=_("At"), required=False)


class SupportForm(CandidateForm):
    """Terms of support read from an article. Amounts are in won."""

    name = forms.TextField(label=_("Name as announced"), required=False)
    budget = WonField(label=_("Budget, in won"), required=False, help_text="")
    ceiling = WonField(label=_("At most for each, in won"), required=False, help_text="")
    number = plain.IntegerField(
        label=_("How many are supported"), required=False, min_value=1, max_value=100_000
    )
    covers = forms.TextField(label=_("What is paid for"), required=False, max_length=300)

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        rows = Programme.objects.filter(voided_at=None, ended_on=None)
        self.fields["programme"] = plain.ModelChoiceField(
            visible(rows, user, "programmes.view"),
            label=_("Programme"),
            help_text=_("It is noted beside the programme's books and changes nothing in them."),
        )
        self.order_fields(["resolve", "programme", *self.base_fields])


class ResultForm(CandidateForm, FiguresForm):
    """Figures of a trade event read from an article; each keeps the grade that it was told with."""

    def __init__(self, *args: Any, candidate: Candidate, user: User, **kwargs: Any) -> None:
        super().__init__(*args, candidate=candidate, user=user, **kwargs)
        rows = visible(Event.objects.filter(voided_at=None), user, "trade.change")
        likely = [one.event.pk for one in (kwargs.get("initial") or {}).get("likely", ())]
        first = Case(*[When(pk=pk, then=place) for place, pk in enumerate(likely)], default=1000)
        self.fields["event"] = plain.ModelChoiceField(
            rows.order_by(first, "-starts_on", "-pk") if likely else rows.order_by("-starts_on"),
            label=_("Event"),
            help_text=_("The figures stand beside the event's own and count in no report."),
        )
        self.order_fields(["resolve", "event", *self.base_fields])

    def values(self) -> dict[str, Any]:
        """Return what accepting takes."""
        told = super().values()
        return {**told, "edition": int(told["edition"])}


FORMS: dict[str, type[CandidateForm]] = {
    Kind.AGREEMENT: AgreementForm,
    Kind.BODY: BodyForm,
    Kind.ENGAGEMENT: EngagementForm,
    Kind.COMMITMENT: CommitmentForm,
    Kind.PERSON: PersonForm,
    Kind.SUPPORT: SupportForm,
    Kind.RESULT: ResultForm,
}


class AcceptForm(forms.Form):
    """That a fact is let into the register as it was read, with what only a person can say."""

    standing = forms.ChoiceField(
        label=pgettext_lazy("newsroom", "Standing"), choices=STANDINGS, required=False
    )
    resolve = forms.ChoiceField(label=_("Which holds?"), choices=RESOLVES, required=False)


class SettleForm(forms.Form):
    """What is done about two statements that do not agree."""

    how = forms.ChoiceField(
        label=_("What is done"),
        choices=[("text", _("Follow the text")), ("asked", _("Ask the source"))],
    )


# All fields that the form of some kind of fact has; which of them holds depends on the fact.
ANY: dict[str, plain.Field] = {
    **{name: field for form in FORMS.values() for name, field in form.base_fields.items()},
    "kind": forms.TextField(label=_("Kind"), required=False),
    "resolve": forms.ChoiceField(label=_("Which holds?"), choices=RESOLVES, required=False),
    "add_unknown": plain.BooleanField(
        label=_("Add names that the register does not have as new organisations"), required=False
    ),
    **{
        name: forms.TextField(label=label, required=False, max_length=260)
        for name, label in (
            ("parent", _("Grown out of")),
            ("agreement", _("Under the agreement")),
            ("organisation", _("Partner")),
            ("engagement", _("Said at")),
            ("programme", _("Programme")),
            ("event", _("Event")),
        )
    },
}


class FactFilter(django_filters.FilterSet):
    """The conditions of the list of facts."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind)
    match = django_filters.ChoiceFilter(label=_("What the register knew"), choices=Match)
    article = django_filters.NumberFilter(
        label=_("Article"), method="by_article", min_value=1, max_value=2**63 - 1
    )

    def by_article(self, rows: Any, name: str, value: Any) -> Any:
        """Keep the facts of an article."""
        return rows.filter(article=int(value))


def fact_listing(request: Request, today: date) -> Listing:
    """Return the list of facts as it was asked for."""
    rows = visible(Candidate.objects.all(), request.user, "newsroom.view")
    return Listing(
        request,
        rows.select_related("article", "unit"),
        FactFilter,
        sorts={"read": Sort("pk"), "sure": Sort("confidence")},
        default="-read",
        tabs=[
            Tab("waiting", pgettext_lazy("newsroom", "Waiting"), Q(state=State.WAITING)),
            Tab("accepted", _("Accepted"), Q(state__in=[State.ACCEPTED, State.EDITED])),
            Tab("refused", _("Turned down"), Q(state=State.REFUSED)),
        ],
    )
