"""What is typed about shop windows."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.trade.forms.centres import UnitField
from gyoryu.trade.models import Channel, ShopWindow
from gyoryu.trade.queries import malls
from gyoryu.trade.queries import shop_windows as queries
from gyoryu.trade.queries.shop_words import NAMES
from gyoryu.trade.rules.shop_windows import LANGUAGES
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

MOST = 300


class WindowForm(forms.Form):
    """A shop window: its address, its words in three languages, and whose goods it shows."""

    slug = forms.TextField(
        label=_("Address"), max_length=60,
        help_text=_("Under /shops/: small letters, digits and dashes, such as yanbian-goods."),
    )  # fmt: skip
    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(label=_("Title in English"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the buyers"),
        choices=[("", "–"), *((code, NAMES[code]) for code in LANGUAGES)],
        required=False,
    )
    title_native = forms.TextField(label=_("Title in the buyers' language"), required=False)
    intro_ko = forms.TextField(
        label=_("Introduction in Korean"), rows=3, max_length=2_000, required=False
    )
    intro_en = forms.TextField(
        label=_("Introduction in English"), rows=3, max_length=2_000, required=False
    )
    intro_native = forms.TextField(
        label=_("Introduction in the buyers' language"), rows=3, max_length=2_000, required=False
    )

    def __init__(
        self, *args: Any, user: User, row: ShopWindow | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(one.pk): one for one in malls.used(user)[:MOST]}
        if row and row.pk:
            self.rows |= {str(one.pk): one for one in row.channels.all()}
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("Shows what is on sale at"),
            choices=[(key, str(one)) for key, one in self.rows.items()],
            required=False,
            widget=plain.CheckboxSelectMultiple,
        )
        if row is None:
            self.fields["unit"] = UnitField(user)

    def chosen(self) -> list[Channel]:
        """Return the malls that were ticked."""
        return [self.rows[pk] for pk in self.cleaned_data["channels"]]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        beside = {"channels", "unit"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}


FIELDS = ("slug", "title_ko", "title_en", "language", "title_native", "intro_ko", "intro_en",
          "intro_native")  # fmt: skip


def edited(row: ShopWindow) -> dict[str, Any]:
    """Return what the form of a window starts from."""
    return {
        **{name: getattr(row, name) for name in FIELDS},
        "channels": [str(one.pk) for one in row.channels.all()],
    }


class WindowFilter(django_filters.FilterSet):
    """The conditions of the list of windows: none but the tab, for there are a few dozen."""


def window_listing(request: Request, today: date) -> Listing:
    """Return the list of shop windows as it was asked for."""
    return Listing(
        request,
        queries.seen_by(request.user),
        WindowFilter,
        sorts={"title": Sort("title_ko")},
        default="title",
        tabs=[
            Tab("open", _("Open to the public"), Q(open_since__isnull=False)),
            Tab("closed", _("Not open to the public"), Q(open_since=None)),
        ],
    )
