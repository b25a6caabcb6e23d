"""How often one address may read is counted by all processes of a machine, at a bounded price."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from gyoryu.register import adapters
from gyoryu.register.adapters import Limit

ASKING = """
import sys, django
django.setup()
from django.conf import settings
from gyoryu.register.adapters import Limit
settings.REGISTER_READS, limit = 100, Limit()
print(sum(limit.ask("192.0.2.7", 50.0) == 0 for _ in range(60)))
"""


@pytest.fixture
def limit(settings, tmp_path):
    settings.DATA, settings.REGISTER_READS = tmp_path, 1
    return Limit()


def test_a_minute_over_or_a_machine_started_again_begins_anew(limit):
    asked = [limit.ask("a", now) for now in (5.0, 15.0, 66.0, 3.0, 4.0)]
    assert asked == [0, 50, 0, 0, 59]


def test_several_processes_count_together(settings, tmp_path):
    env = {**os.environ, "GYORYU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gyoryu.settings",
           "PYTHONPATH": os.pathsep.join(sys.path), "GYORYU_SECRET_KEY": "x"}  # fmt: skip
    asking = [
        subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE, env=env)
        for _ in range(3)
    ]
    let_in = [int(one.communicate(timeout=60)[0]) for one in asking]
    # Of 180 requests at once a hundred were let in, whoever asked.
    assert sum(let_in) == 100


def test_another_limit_of_this_process_counts_in_the_same_file(limit):
    assert [limit.ask("a", 1.0), Limit().ask("a", 2.0), Limit().ask("b", 2.0)] == [0, 59, 0]


def test_what_is_kept_never_grows_and_names_nobody(limit, tmp_path):
    for number in range(2000):
        limit.ask(f"192.0.2.{number}", 1.0)
    kept = (tmp_path / "register-reads").read_bytes()
    assert len(kept) <= adapters.GROUPS * adapters.GROUP * adapters.SLOT.size
    assert b"192.0.2" not in kept


def test_who_finds_a_group_full_takes_the_place_of_who_began_first(limit, monkeypatch):
    monkeypatch.setattr(adapters, "GROUPS", 1)
    assert [limit.ask(who, now) for now, who in enumerate("abcd")] == [0, 0, 0, 0]
    assert limit.ask("e", 4.0) == 0
    # a was forgotten for e; b, c, d and e are still counted.
    assert [limit.ask(who, 5.0) > 0 for who in "bcde"] == [True] * 4
    assert limit.ask("a", 6.0) == 0


def test_a_folder_that_takes_no_file_leaves_each_process_its_own_count(limit, settings, tmp_path):
    settings.DATA = tmp_path / "missing"
    assert [limit.ask("a", 1.0), limit.ask("a", 2.0), Limit().ask("a", 2.0)] == [0, 59, 0]


@effort(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(1, 5)), max_size=30)
)
def test_it_counts_as_a_table_without_end_would(steps):
    """Compare with a plain dictionary: who asks, how much later, and for how many pages."""
    from django.conf import settings
    from django.test import override_settings

    with override_settings(DATA=settings.DATA / "nowhere", REGISTER_READS=6):
        limit, plain, now = Limit(), {}, 0
        for who, later, cost in steps:
            now += later
            begun, count = plain.get(who, (now, 0))
            if now >= begun + adapters.WINDOW:
                begun, count = now, 0
            plain[who] = (begun, min(count + cost, 7))
            wanted = begun + adapters.WINDOW - now if count + cost > 6 else 0
            assert limit.ask(who, now, cost) == wanted
