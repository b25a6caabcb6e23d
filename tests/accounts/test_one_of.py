"""Whom a record is shown to: its own departments and those it is shared with, on both databases."""

import pytest
from django.db.models import Q

from gyoryu.accounts import queries
from gyoryu.agreements.models import Agreement, Duty, DutyTemplate

pytestmark = pytest.mark.django_db


def agreement(unit, number):
    return Agreement.objects.create(
        unit=unit, kind="mou", title_ko="협약", number=number, status="draft",
        status_since="2025-01-01",
    )  # fmt: skip


def test_own_shared_and_foreign_rows_and_their_parts(province, person_with):
    own, shared, foreign = (
        agreement(province.division, "AG-1"),
        agreement(province.other, "AG-2"),
        agreement(province.other, "AG-3"),
    )
    shared.shared_with.add(province.division)
    rule = DutyTemplate.objects.create(
        unit=province.division, kind="evaluation", name_ko="평가", basis_ko="조례", months=1,
        trigger="after_signing",
    )  # fmt: skip
    for row in (own, shared, foreign):
        Duty.objects.create(agreement=row, template=rule, kind=rule.kind, due_on="2025-02-01")
    viewer = person_with("viewer")
    seen = queries.visible(Agreement.objects.order_by("pk"), viewer, "agreements.view")
    parts = queries.visible(
        Duty.objects.order_by("pk"), viewer, "agreements.view", within="agreement"
    )
    assert list(seen) == [own, shared]
    assert [part.agreement for part in parts] == [own, shared]
    assert not queries.visible(Agreement.objects.all(), viewer, "newsroom.review").exists()


@pytest.mark.parametrize("led", [True, False])
def test_nothing_is_one_of_none(province, led):
    row = agreement(province.division, "AG-1")
    none = Q(queries.OneOf("pk", Agreement.objects.none().values("pk"), led=led))
    assert list(Agreement.objects.filter(none)) == []
    assert list(Agreement.objects.filter(none | Q(pk=row.pk))) == [row]
    assert list(Agreement.objects.exclude(none)) == [row]
