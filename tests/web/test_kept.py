"""A question kept as text gives what the queryset gives, for every number and every connection."""

from django.db import connection
from django.db.models import OuterRef, Subquery

from gyoryu.accounts.models import Membership, Unit
from gyoryu.web.kept import Kept


def _asked(pk):
    top = Unit.objects.filter(pk=OuterRef("unit__parent")).values("name_ko")[:1]
    rows = Membership.objects.filter(unit=pk).select_related("unit__parent", "user")
    return rows.annotate(above=Subquery(top)).order_by("pk")


def _whole(row):
    told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return told, row.unit, row.unit.parent, vars(row.user)["email"]


def test_the_same_rows_as_by_the_queryset_with_what_they_point_to(
    province, officer, django_assert_num_queries
):
    kept, units = Kept(_asked), list(Unit.objects.values_list("pk", flat=True))
    assert units
    for pk in [*units, 0]:
        with django_assert_num_queries(1):
            found = [_whole(row) for row in kept(pk)]
        assert found == [_whole(row) for row in _asked(pk)]
    assert any(kept(pk) for pk in units)


def test_a_new_connection_gets_a_text_of_its_own(province, officer):
    kept = Kept(_asked)
    first = kept._text()
    assert kept._text() is first
    held, connection.connection = connection.connection, None
    try:
        assert kept._text() is not first
    finally:
        connection.connection = held
