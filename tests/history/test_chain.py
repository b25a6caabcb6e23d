"""The arithmetic of the chain keeps what it is given."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.history import chain


@given(st.sets(st.integers(1, 10**6), max_size=300))
def test_ids_come_back_from_their_ranges(ids):
    assert chain.unpack(chain.pack(sorted(ids))) == sorted(ids)


@given(st.lists(st.integers(1, 10**6), unique=True, min_size=1))
def test_ranges_are_as_short_as_they_can_be(ids):
    parts = [part.partition("-") for part in chain.pack(sorted(ids)).split(",")]
    ends = [(int(first), int(last or first)) for first, _, last in parts]
    assert all(before[1] + 1 < after[0] for before, after in itertools.pairwise(ends))


@pytest.mark.parametrize("text", ["x", "1-x", "1-999999999999", "-", "5,,a"])
def test_a_list_of_ids_that_nobody_here_wrote_is_an_error_and_fills_no_memory(text):
    with pytest.raises(ValueError):  # noqa: PT011
        chain.unpack(text)


def test_an_entry_digest_depends_on_every_word_and_on_the_key():
    said = {"verb": "a", "reason": "b"}
    digests = {
        chain.entry_digest(said, "key"),
        chain.entry_digest(said, "other key"),
        chain.entry_digest({"verb": "ab", "reason": ""}, "key"),
        chain.entry_digest({"verb": "a", "reason": "c"}, "key"),
    }
    assert len(digests) == 4
