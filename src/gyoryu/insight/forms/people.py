"""What is typed about people who sign in and the departments they belong to."""

import django_filters
from django import forms as django_forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.accounts.queries import units_called
from gyoryu.base import names
from gyoryu.web import forms


class UnitField(forms.PickField):
    """A department, picked by name among those that are administered."""

    def __init__(self, rows: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(rows=rows, find=units_called, options="/units/options/", **kwargs)


class MeForm(forms.Form):
    """What people say about themselves."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=80)
    name_en = forms.TextField(label=_("Name in English"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("ko", "한국어"), ("en", "English")],
        widget=django_forms.RadioSelect,
        help_text=_("Of the screens and of the letters you get."),
    )


class RoleForm(forms.Form):
    """A role at a department."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role)

    def __init__(self, units: QuerySet[Unit], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            units,
            label=_("Department"),
            help_text=_("The role holds there and in everything below it."),
        )


class InviteForm(MeForm, RoleForm):
    """Somebody who shall sign in, and their first role."""

    email = django_forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["email", "name_ko", "name_en", "language", "role", "unit"]


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = forms.TextField(
        label=_("Reason"), max_length=500, help_text=_("For example: moved to another office.")
    )


class UnitForm(forms.Form):
    """A department's names and kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind)
    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)


class UnitAddForm(UnitForm):
    """A department and what it stands under."""

    def __init__(self, units: QuerySet[Unit], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"] = UnitField(units, label=_("Under"))
        self.order_fields(["under", "kind", "name_ko", "name_en"])


class UnitMoveForm(forms.Form):
    """Where a department goes."""

    def __init__(self, units: QuerySet[Unit], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"] = UnitField(units, label=_("Under"))


class UserFilter(django_filters.FilterSet):
    """The conditions of the list of people."""

    q = django_filters.CharFilter(label=_("Name or address"), method="by_words")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Membership.Role, empty_label=_("All roles"), method="by_role"
    )

    def by_words(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Find people by name or address."""
        text = names.nfc(value)
        found = Q(name_ko__icontains=text) | Q(name_en__icontains=text)
        return rows.filter(found | Q(email__icontains=text))

    def by_role(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Find people by a role they hold."""
        return rows.filter(pk__in=Membership.objects.filter(role=value).values("user"))


class UnitFilter(django_filters.FilterSet):
    """The conditions of the tree of departments."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Unit.Kind, empty_label=_("All kinds")
    )

    def by_name(self, rows: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """Find departments by name."""
        text = names.nfc(value)
        return rows.filter(Q(name_ko__icontains=text) | Q(name_en__icontains=text))
