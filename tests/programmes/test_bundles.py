"""A voucher's subsidy and share are its bundle to the last won, and never above the cap."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.programmes import bundles
from gyoryu.programmes.bundles import Line, Scales, Step

BILLION = Decimal(10**9)
# As the programme of the year has them: rates by sales, caps by exports.
YEAR = Scales(
    sales=(
        Step(10 * BILLION, Decimal(70)),
        Step(30 * BILLION, Decimal(60)),
        Step(None, Decimal(50)),
    ),
    exports=(
        Step(Decimal(1), Decimal(20_000_000)),
        Step(Decimal(100_000), Decimal(30_000_000)),
        Step(Decimal(1_000_000), Decimal(50_000_000)),
        Step(None, Decimal(80_000_000)),
    ),
)
figures = st.decimals(min_value=0, max_value=10**14, places=2)


def test_the_rates_and_caps_of_the_year_come_back() -> None:
    found = [
        bundles.bundle(sales * BILLION, Decimal(exports), YEAR)
        for sales, exports in [(Decimal(3), 0), (Decimal(10), 99_999), (Decimal(45), 2_000_000)]
    ]
    assert [(one.rate, one.bundle, one.subsidy, one.share) for one in found] == [
        (70, 20_000_000, 14_000_000, 6_000_000),
        (60, 30_000_000, 18_000_000, 12_000_000),
        (50, 80_000_000, 40_000_000, 40_000_000),
    ]


def test_the_way_to_the_result_is_told_step_by_step() -> None:
    found = bundles.bundle(12 * BILLION, Decimal(5), YEAR, wanted=9_999_999)
    assert found.trace == (
        Line("rate", 12 * BILLION, 30 * BILLION, Decimal(60)),
        Line("cap", Decimal(5), Decimal(100_000), Decimal(30_000_000)),
        Line("bundle", Decimal(30_000_000), None, Decimal(9_999_999)),
        Line("subsidy", Decimal(9_999_999), None, Decimal(5_999_999)),
        Line("share", Decimal(9_999_999), None, Decimal(4_000_000)),
    )


@given(figures, figures, st.none() | st.integers(1, 10**12))
def test_subsidy_and_share_are_the_bundle_and_none_passes_the_cap(sales, exports, wanted) -> None:
    found = bundles.bundle(sales, exports, YEAR, wanted)
    cap = bundles.held_by("exports", YEAR.exports, exports).value
    assert found.subsidy + found.share == found.bundle == min(int(cap), wanted or int(cap))
    assert Decimal(found.subsidy) <= found.bundle * found.rate / 100 < found.subsidy + 1


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.data())
def test_what_is_left_is_parted_to_the_last_won_and_no_part_exceeds_what_went_in(
    subsidy, share, data
) -> None:
    unused = data.draw(st.integers(0, subsidy + share))
    back, own = bundles.parted(unused, subsidy, share)
    assert back + own == unused
    assert 0 <= back <= subsidy
    assert 0 <= own <= share
    # Nobody gains by the rounding: each part is within a won of its due.
    assert abs(Decimal(back) * (subsidy + share) - Decimal(unused) * subsidy) < subsidy + share


@pytest.mark.parametrize(
    ("percent", "most", "limit"),
    [(None, None, 999), (30, None, 299), (None, 500, 500), (30, 100, 100), (100, 2000, 999)],
)
def test_a_service_is_held_by_the_lower_of_its_limits(percent, most, limit) -> None:
    assert bundles.most_of(999, percent, most) == limit


@pytest.mark.parametrize(
    ("ends", "fault"),
    [
        ([], "empty"),
        ([None], ""),
        ([5, 9, None], ""),
        ([5, 5, None], "order"),
        ([9, 5, None], "order"),
        ([5, 9], "end"),
        ([None, 9], "end"),
        ([None, None], "end"),
    ],
)
def test_a_scale_rises_and_its_last_step_alone_has_no_end(ends, fault) -> None:
    steps = tuple(Step(end and Decimal(end), Decimal(1)) for end in ends)
    assert bundles.faults(steps) == fault


def test_a_figure_that_no_band_holds_is_named() -> None:
    with pytest.raises(bundles.NoBand) as told:
        bundles.bundle(Decimal(7), Decimal(0), Scales((Step(Decimal(5), Decimal(1)),), ()))
    assert told.value.scale == "sales"
