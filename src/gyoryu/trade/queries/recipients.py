"""Who reads letters to a company: those who are confirmed to act for it and can sign in."""

from collections import defaultdict
from collections.abc import Iterable

from gyoryu.accounts.models import User
from gyoryu.programmes.models import Representative


def of(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Return the people of each of these organisations."""
    rows = Representative.objects.filter(
        organisation__in=set(organisations),
        ended_on=None,
        confirmed_at__isnull=False,
        user__is_active=True,
    )
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("user"):
        found[row.organisation_id].append(row.user)
    return dict(found)
