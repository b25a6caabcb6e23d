"""What is typed about tokens, and how their list is narrowed."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Token, User
from gyoryu.accounts.queries import tokens_seen
from gyoryu.base import names
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

USUAL = timedelta(days=90)


class TokenForm(forms.Form):
    """A token for a program: what it is for, what it may do, and until when."""

    name = forms.TextField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("For example: monthly statistics of the planning office."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=plain.CheckboxSelectMultiple,
        help_text=_("Never more than you may yourself. To write includes to read."),
    )
    ends_on = forms.DayField(label=_("Last day"), help_text=_("A year from today at most."))

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ends_on": today + USUAL})
        super().__init__(*args, **kwargs)
        reached = [
            (value, label) for value, label in Token.Scope.choices if user.access.reaches(value)
        ]
        self.fields["scopes"].choices = reached  # type: ignore[attr-defined]


class TokenFilter(django_filters.FilterSet):
    """The conditions of the list of tokens."""

    q = django_filters.CharFilter(label=_("What it is for, or whose"), method="by_words")

    def by_words(self, rows: QuerySet[Token], name: str, value: str) -> QuerySet[Token]:
        """Find tokens by their own name or their owner's."""
        text = names.nfc(value)
        owner = Q(user__name_ko__icontains=text) | Q(user__name_en__icontains=text)
        return rows.filter(owner | Q(name__icontains=text))


def token_listing(request: Request, today: date) -> Listing:
    """Return the list of tokens as it was asked for, its tabs as of a day."""
    works = Q(revoked_at=None, ends_on__gte=today)
    return Listing(
        request,
        tokens_seen(request.user),
        TokenFilter,
        sorts={"made": Sort("made_at"), "ends": Sort("ends_on"), "name": Sort("name")},
        default="-made",
        tabs=[Tab("works", _("Working"), works), Tab("over", _("Over or revoked"), ~works)],
    )
