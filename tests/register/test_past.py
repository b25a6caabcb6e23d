"""What a month says stays what it was, whatever is done to the record afterwards."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from register_moments import moment

from gyoryu.agreements.actions import agreements, lifecycle
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.parties.actions import change_organisation
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls import changes

pytestmark = pytest.mark.django_db
BEGUN = date(2024, 1, 10)
# Every way in which an agreement's row can change.
STEPS = (
    "title", "kind", "areas", "place", "term", "party", "unparty", "sign", "unsign", "suspend",
    "resume", "renew", "resigned", "renamed", "void",
)  # fmt: skip


def carry_out(step, row, world, day, turn):
    """Do one thing on a day; what the rules refuse is simply not done."""
    at = moment(day)
    also = {"by": None, "at": at}
    parties = {one.organisation_id: one for one in row.parties.all()}
    theirs = parties.get(world.theirs.pk)
    done = {
        "title": lambda: agreements.change(row, {"title_en": f"Title {turn}"}, **also),
        "kind": lambda: agreements.change(
            row, {"kind": ("friendship", "mou")[turn % 2], "method": "video"}, **also
        ),
        "areas": lambda: agreements.change(row, {"areas": world.areas[: turn % 3]}, **also),
        "place": lambda: agreements.change(
            row, {"place": (world.places["jiangsu"], None)[turn % 2]}, **also
        ),
        "term": lambda: agreements.change(row, {"term_months": 12 + turn}, **also),
        "party": lambda: agreements.add_party(row, world.third, "theirs", **also),
        "unparty": lambda: agreements.remove_party(parties[world.third.pk], **also),
        "sign": lambda: agreements.add_signatory(
            theirs, world.head, title=("", "성장")[turn % 2], **also
        ),
        "unsign": lambda: agreements.remove_signatory(theirs.signatories.first(), **also),
        "suspend": lambda: agreements.move(row, "suspended", on=day, reason="중단", **also),
        "resume": lambda: agreements.move(row, "in_force", on=day, reason="재개", **also),
        "renew": lambda: lifecycle.renew(row, on=day, reason="갱신", **also),
        "resigned": lambda: agreements.change(
            row, {"signed": periods.Period.day(BEGUN - timedelta(days=turn))}, **also
        ),
        "renamed": lambda: change_organisation(
            world.theirs, {"name_en": f"Government {turn}"}, **also
        ),
        "void": lambda: agreements.void(row, reason="잘못 적음", **also),
    }[step]
    try:
        with transaction.atomic():
            done()
    except (Refused, KeyError, AttributeError):
        row.refresh_from_db()


def rows(government, month):
    return queries.rows_of(queries.unpublished(government, month))


@settings(
    max_examples=15,
    deadline=None,
    # Each try is a story of months in the database: a shorter one would take minutes to find.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 45)), min_size=1, max_size=9))
def test_a_month_computed_later_says_what_it_said_when_it_was_over(world, province, make, story):
    with transaction.atomic():
        world.theirs.refresh_from_db()
        row = make(
            BEGUN.isoformat(), term_months=12, renewal="agreed", ends_on=date(2025, 1, 9),
            areas=world.areas[:1],
        )  # fmt: skip
        seen, day = {}, BEGUN
        for turn, (step, gap) in enumerate(story):
            before, day = day, day + timedelta(days=gap)
            # Every month that ended since the last thing was done is written down at its end.
            month = before.replace(day=1)
            while month < day.replace(day=1):
                seen[month] = rows(province.root, month)
                month = periods.add_months(month, 1)
            carry_out(step, row, world, day, turn)
        later = {month: rows(province.root, month) for month in seen}
        told = [(month, changes.between(seen[month], later[month])) for month in seen]
        assert [one for one in told if one[1]] == []
        assert later == seen
        transaction.set_rollback(True)


def test_a_step_dated_after_the_month_has_not_happened_in_it_yet(world, province, make):
    made = make(
        "2024-01-10", term_months=12, renewal="agreed", ends_on=date(2025, 1, 9)
    )  # fmt: skip
    lifecycle.renew(made, on=date(2025, 4, 1), reason="갱신", by=None, at=moment("2025-04-01", 8))
    agreements.change(made, {"title_en": "Corrected"}, by=None, at=moment("2025-04-01", 9))
    [march] = queries.as_of(province.root, date(2025, 3, 1), moment("2025-04-01"))
    # Written down before the publication: a correction counts, a step of April does not.
    assert march.row["title"]["en"] == "Corrected"
    assert march.row["term"]["ends_on"] == "2025-01-09"
    assert [step["on"] for step in march.row["course"]] == ["2024-01-10", "2024-01-10"]
    [april] = queries.as_of(province.root, date(2025, 4, 1), moment("2025-04-01"))
    assert april.row["term"]["ends_on"] == "2026-01-09"
    assert april.row["renewed"] == "2025-04-01"


def test_what_was_written_down_only_later_is_told_as_it_is_known_now(world, province, make):
    made = make("2019-05-02", at="2025-01-02")
    agreements.change(made, {"title_en": "Corrected"}, by=None, at=moment("2025-02-02"))
    [found] = queries.unpublished(province.root, date(2020, 1, 1))
    assert (found.later, found.row["title"]["en"]) == (True, "Corrected")
    assert queries.unpublished(province.root, date(2019, 4, 1)) == []


def test_an_agreement_voided_later_still_stands_in_the_months_before(world, province, make):
    made = make("2024-01-10")
    agreements.void(made, reason="잘못 적음", by=None, at=moment("2025-02-10"))
    assert len(rows(province.root, date(2025, 1, 1))) == 1
    assert rows(province.root, date(2025, 2, 1)) == []


def test_a_draft_and_a_reviewed_agreement_are_nobodys_business_yet(world, province, officer):
    fields = {"kind": "mou", "title_ko": "초안"}
    made = agreements.draft(province.division, fields, by=None, at=moment("2025-01-02"))
    day = date(2025, 1, 3)
    agreements.move(made, "reviewed", on=day, reason="검토", by=None, at=moment(day))
    assert rows(province.root, date(2025, 2, 1)) == []


def test_another_governments_agreements_stand_in_its_own_register(world, province, make):
    make("2024-01-10", unit=province.other)
    assert rows(province.root, date(2025, 2, 1)) == []
    assert len(rows(province.other, date(2025, 2, 1))) == 1
