"""What areas of co-operation allow: names of their own, and a way out that forgets nothing."""

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Area
from gyoryu.agreements.rules.given import check_texts
from gyoryu.base.refused import Refused

NAMES = {
    "name_ko": _("Give the name in Korean."),
    "name_en": _("Give the name in English."),
}


def check_names(names: dict[str, str], *, itself: Area | None = None) -> None:
    """Refuse a name that is missing, too long, or another area's already, retired or not."""
    check_texts(Area(**names))
    others = Area.objects.exclude(pk=itself.pk) if itself else Area.objects.all()
    for field, missing in NAMES.items():
        if not names[field]:
            raise Refused(missing, field=field)
        if others.filter(**{f"{field}__iexact": names[field]}).exists():
            raise Refused(_("Another area has this name already."), field=field)


def check_can_retire(area: Area) -> None:
    """Refuse to retire an area twice."""
    if area.retired_on:
        raise Refused(_("This area is retired already."))


def check_can_restore(area: Area) -> None:
    """Refuse to take up again what is in use."""
    if not area.retired_on:
        raise Refused(_("This area is in use."))
