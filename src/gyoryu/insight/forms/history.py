"""The conditions of the list of what was done."""

from dataclasses import asdict
from datetime import date

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import units_under
from gyoryu.base import names
from gyoryu.history.models import Entry
from gyoryu.history.queries import Fault, Reached
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import among_units
from gyoryu.web.listing import Listing, Sort, Tab
from gyoryu.web.templatetags.history import kind_of, verbs


def verb_choices() -> list[tuple[str, str]]:
    """Return every verb with its words, in the order of the words."""
    return sorted(((verb, str(words)) for verb, words in verbs().items()), key=lambda pair: pair[1])


def kind_choices() -> list[tuple[int, str]]:
    """Return every kind of record that the history may speak of."""
    models = [(kind.pk, kind.model_class()) for kind in ContentType.objects.all()]
    ours = [(pk, model) for pk, model in models if model and _ours(model)]
    return sorted(((pk, kind_of(model)) for pk, model in ours), key=lambda pair: pair[1])


def _ours(model: type[Model]) -> bool:
    return model.__module__.startswith("gyoryu.")


class HistoryFilter(django_filters.FilterSet):
    """The conditions of the history."""

    q = django_filters.CharFilter(label=_("Record"), method="by_name")
    person = django_filters.CharFilter(label=_("By whom"), method="by_person")
    verb = django_filters.ChoiceFilter(
        label=_("What was done"), choices=verb_choices, empty_label=_("Everything")
    )
    model = django_filters.ChoiceFilter(
        label=_("Kind of record"), choices=kind_choices, empty_label=_("All kinds")
    )
    unit = among_units("history.view", label=_("Department"), empty=_("All departments"))
    since = forms.DayFilter(label=_("From day"), field_name="at", lookup_expr="date__gte")
    until = forms.DayFilter(label=_("To day"), field_name="at", lookup_expr="date__lte")

    def by_name(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Find entries by what the record was called then."""
        return rows.filter(name__icontains=names.nfc(value))

    def by_person(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Find entries by who did it."""
        text = names.nfc(value)
        people = Q(name_ko__icontains=text) | Q(name_en__icontains=text)
        found = User.objects.filter(people | Q(email__iexact=text)).values("pk")
        return rows.filter(by__in=found)

    def by_unit(self, rows: QuerySet[Entry], name: str, value: Unit) -> QuerySet[Entry]:
        """Find entries of a department and everything below it."""
        return rows.filter(unit__in=Unit.objects.filter(path__startswith=value.path).values("pk"))


SALT = "gyoryu.history.verify"
# Faults that one mark carries; the count tells of the others.
MOST_FAULTS = 200


def mark_of(reached: Reached, faults: list[Fault]) -> str:
    """Write down, signed, how far a verification has come and what it found."""
    return signing.dumps([asdict(reached), [asdict(one) for one in faults]], salt=SALT)


def from_mark(mark: str) -> tuple[Reached, list[Fault]]:
    """Return from where a verification goes on; from the beginning for a mark that is not ours."""
    if not mark:
        return Reached(), []
    try:
        at, kept = signing.loads(mark, salt=SALT, max_age=3600)
    except signing.BadSignature:
        return Reached(), []
    return Reached(**at), [Fault(**one) for one in kept]


class VerifyForm(forms.Form):
    """Where a verification goes on; without a mark it begins anew."""

    mark = forms.TextField(
        label=_("The mark of the stretch before"), required=False, max_length=2000
    )


def history_listing(request: Request, today: date) -> Listing:
    """Return the history as it was asked for: all of it, what was changed, or calls alone."""
    return Listing(
        request,
        entries_seen(request.user),
        HistoryFilter,
        sorts={"when": Sort("pk")},
        default="-when",
        tabs=[
            Tab("changes", _("Changes"), ~Q(verb="token.used")),
            Tab("calls", _("Calls by token"), Q(verb="token.used")),
        ],
    )


def entries_seen(by: User) -> QuerySet[Entry]:
    """Return the entries of one's units; what belongs to none is for those who verify."""
    seen = Q(unit__in=units_under(by.access, "history.view").values("pk"))
    if by.access.may("history.verify"):
        seen |= Q(unit=None)
    return Entry.objects.filter(seen).select_related("by", "unit")
