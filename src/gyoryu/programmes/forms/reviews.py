"""What is typed about panels: seats, shares of work, conflicts, points, sheets."""

from decimal import Decimal
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.models import Application, Criterion, Review, Seat
from gyoryu.programmes.rules.reviews import field_of
from gyoryu.web import forms

MOST_EACH, MOST_REMARK = 20, 4_000


class SeatForm(forms.Form):
    """Somebody who is asked onto a panel."""

    email = plain.EmailField(
        label=_("E-mail address"),
        help_text=_("Whoever has no account yet gets one without a role, and a letter."),
    )
    name_ko = forms.TextField(
        label=_("Name in Korean"),
        max_length=80,
        required=False,
        help_text=_("Needed where there is no account yet."),
    )
    name_en = forms.TextField(label=_("Name in English"), max_length=80, required=False)
    office = forms.TextField(
        label=_("Comes from"),
        max_length=120,
        required=False,
        help_text=_("Organisation or office, by which conflicts of interest are suggested."),
    )
    chairs = plain.BooleanField(label=_("Chairs the panel"), required=False)

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = dict(self.cleaned_data)
        names = {name: typed.pop(name) for name in ("name_ko", "name_en")}
        return {**typed, "names": names}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class AssignForm(forms.Form):
    """Who judges one application."""

    seat = forms.ChoiceField(label=_("Panel member"))

    def __init__(self, *args: Any, seats: list[Seat], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(one.pk): one for one in seats}
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (key, f"{one} ({known[one.pk]})" if one.pk in known else str(one))
            for key, one in self.seats.items()
        ]

    def chosen(self) -> Seat:
        """Return the member who was chosen."""
        return self.seats[self.cleaned_data["seat"]]


class DistributeForm(forms.Form):
    """How many members judge each application."""

    each = plain.IntegerField(
        label=_("Reviews of each application"), min_value=1, max_value=MOST_EACH
    )
    seed = plain.IntegerField(
        label=_("Lot"),
        min_value=0,
        max_value=999_999,
        initial=1,
        help_text=_("The same number gives the same distribution again."),
    )


class ConflictForm(forms.Form):
    """Whether there is a conflict of interest with one applicant."""

    conflict = forms.ChoiceField(
        label=_("Conflict of interest"),
        choices=[
            (Review.Conflict.NONE, _("I have none with this applicant")),
            (Review.Conflict.RECUSED, _("I have one and do not judge")),
        ],
        widget=plain.RadioSelect,
    )
    reason = forms.TextField(
        label=_("What the conflict is"),
        rows=3,
        max_length=300,
        required=False,
        help_text=_("Needed where there is one: family, employment, advice, business."),
    )


class ScoreForm(forms.Form):
    """Points by criterion, and a remark. Whatever is missing may come later."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[field_of(one)] = plain.DecimalField(
                label=_("%(name)s (0 to %(most)d points)") % {"name": one, "most": one.most},
                help_text=one.guide,
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(one.most),
                decimal_places=2,
                max_digits=5,
                widget=plain.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )
        self.fields["remark"] = forms.TextField(
            label=_("Remark"),
            rows=5,
            max_length=MOST_REMARK,
            required=False,
            help_text=_("Read by the office. It says why, not whom you guess behind it."),
        )

    def points(self) -> dict[int, Decimal | None]:
        """Return the points by criterion."""
        return {one.pk: self.cleaned_data.get(field_of(one)) for one in self.criteria}


class FreezeForm(forms.Form):
    """The score sheet as it is frozen."""

    chosen = forms.MultipleChoiceField(
        label=_("Selected where a tie stands across the last places"),
        required=False,
        widget=plain.CheckboxSelectMultiple,
    )
    why_chosen = forms.TextField(
        label=_("By what the tie was decided"), max_length=300, required=False
    )
    reason = forms.TextField(
        label=_("Why it is frozen anew"), rows=2, max_length=500, required=False
    )

    def __init__(self, *args: Any, edge: list[Application], frozen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if edge:
            self.fields["chosen"].choices = [  # type: ignore[attr-defined]
                (str(one.pk), f"{one.number} {one.name}") for one in edge
            ]
        else:
            del self.fields["chosen"], self.fields["why_chosen"]
        if not frozen:
            del self.fields["reason"]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = dict(self.cleaned_data)
        return {**typed, "chosen": [int(pk) for pk in typed.get("chosen", [])]}
