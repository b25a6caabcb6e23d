"""What may be visited and when, without any connection."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import fetching
from gyoryu.newsroom.fetching import hosts
from gyoryu.newsroom.fetching.robots import Robots

NOW = datetime(2025, 3, 28, 9, 0, tzinfo=UTC)

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2001:db8::1",
    "nonsense",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_inner_address_is_refused_in_every_spelling(address):
    limits = fetching.Limits(resolve=lambda host, port: [address])
    with pytest.raises(fetching.Unreachable) as refusal:
        fetching.fetch("http://press.example.test/", now=NOW, limits=limits)
    assert refusal.value.code == "private-address"
    assert refusal.value.params == {"host": "press.example.test", "address": address}


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_an_open_address_is_open(address):
    assert hosts.is_public(address)


ROBOTS = """
# by hand
User-agent: other
User-agent: gyoryu
Crawl-delay: 7
Disallow: /*.hwp$
Disallow: /view*mode=print
Allow: /view/open.hwp

User-agent: *
Disallow: /
Sitemap: https://a.example.test/map.xml
"""


@pytest.mark.parametrize(
    ("path", "agent", "allowed"),
    [
        ("/a/b.hwp", "Gyoryu/1", False),
        ("/a/b.hwpx", "Gyoryu/1", True),
        ("/view/open.hwp", "Gyoryu/1", True),
        ("/view?id=3&mode=print", "Gyoryu/1", False),
        ("/view?id=3", "Gyoryu/1", True),
        ("/view?id=3", "Someone", False),
        ("/a/b.hwp", "Other/2", False),
    ],
)
def test_the_longest_rule_decides(path, agent, allowed):
    assert Robots(ROBOTS).permits(f"https://a.example.test{path}", agent) is allowed


def test_rules_tell_the_delay_and_the_sitemaps():
    rules = Robots(ROBOTS)
    assert (rules.delay("gyoryu"), rules.delay("someone")) == (7.0, 0.0)
    assert rules.sitemaps == ("https://a.example.test/map.xml",)
    assert (
        Robots("User-agent: *\nDisallow: /뉴스").permits("https://a.example.test/뉴스", "x")
        is False
    )


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_rules(text, path):
    assert Robots(f"User-agent: *\nDisallow: {text}").permits(
        f"https://a.example.test/{path}", "x"
    ) in (
        True,
        False,
    )


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ({"status": 200}, HOUR),
        ({"status": 304}, HOUR),
        ({"status": 200, "delay": 7200.0}, 2 * HOUR),
        ({"status": 503, "failures": 1}, HOUR),
        ({"status": 503, "failures": 3}, 4 * HOUR),
        ({"status": 0, "failures": 99}, timedelta(days=7)),
        ({"status": 404, "failures": 2}, 12 * HOUR),
        ({"status": 429, "failures": 1, "retry_after": 5 * HOUR}, 5 * HOUR),
        ({"status": 503, "retry_after": timedelta(days=900)}, timedelta(days=7)),
    ],
)
def test_failures_double_the_wait_and_wishes_of_the_server_are_kept(told, wait):
    assert fetching.next_visit(NOW, every=HOUR, **told) == NOW + wait


def test_nothing_is_visited_every_second():
    due = fetching.next_visit(NOW, every=timedelta(0), status=200)
    assert due == NOW + timedelta(minutes=5)


@settings(deadline=None)
@given(st.text(min_size=1), st.integers(0, 599), st.integers(0, 10**6))
def test_sources_are_spread_by_a_tenth_at_most(key, status, failures):
    plain = fetching.next_visit(NOW, every=HOUR, status=status, failures=failures)
    spread = fetching.next_visit(NOW, every=HOUR, status=status, failures=failures, key=key)
    assert plain <= spread <= plain + (plain - NOW) / 10


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Fri, 28 Mar 2025 10:00:00 GMT", HOUR),
        ("Fri, 28 Mar 2025 08:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("9" * 30, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(words, wait):
    assert fetching.retry_after(words, NOW) == wait
