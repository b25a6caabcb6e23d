"""No bytes crash the reader, make it hang, open a file or reach the network."""

import contextlib
import gzip
import json
import os
import random
import socket
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import feeds

ITEM = "<rss version='2.0'><channel><title>x</title><item><title>t</title><description>{}"
END = "</description></item></channel></rss>"


def code_of(raw, **options):
    with pytest.raises(feeds.Unreadable) as refusal:
        feeds.parse(raw, **options)
    return refusal.value.code


def laughs():
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{lines}]>{ITEM.format("&l9;")}{END}'.encode()


def declaring(entity):
    return f"<!DOCTYPE rss [{entity}]>{ITEM.format('&x;')}{END}".encode()


@pytest.mark.parametrize(
    "raw",
    [
        laughs(),
        f"<!DOCTYPE rss [<!ENTITY a '{'x' * 9999}'>]>{ITEM.format('&a;' * 9999)}{END}".encode(),
        f"<!DOCTYPE rss [<!ENTITY a '{'x' * 99}'>]>{ITEM.format('&a;' * 99999)}{END}".encode(),
        declaring("<!ENTITY x SYSTEM 'file:///etc/hostname'>"),
        declaring("<!ENTITY % x SYSTEM 'http://a.example.test/e.dtd'> %x;"),
        declaring("<!ENTITY % p '<!ENTITY x \"y\">'> %p;"),
    ],
    ids=["nested", "quadratic", "many", "file", "network", "parameter"],
)
def test_entities_that_grow_or_reach_out_refuse_the_feed(raw):
    assert code_of(raw) == "entities"


def test_a_plain_document_type_and_short_entities_do_no_harm():
    raw = (
        (
            '<?xml version="1.0"?><!-- by hand --><!DOCTYPE rss PUBLIC "-//RSS 0.91//EN"'
            ' "http://my.example.test/rss.dtd" [<!ENTITY dash "&#8211;">]>'
        )
        + ITEM.format("a &dash; b")
        + END
    )
    assert feeds.parse(raw.encode()).entries[0].body == "a \u2013 b"


def test_too_much_is_refused_before_it_is_read():
    assert code_of(b"x" * 1001, limit=1000) == "too-large"
    with pytest.raises(feeds.Unreadable) as refusal:
        feeds.parse(b" " * (feeds.MOST + 1), limit=10 * feeds.MOST)
    assert refusal.value.params == {"bytes": feeds.MOST + 1, "limit": feeds.MOST}


def test_a_packed_bomb_is_refused_at_the_limit():
    assert code_of(gzip.compress(b"\0" * 50_000_000, mtime=0), limit=100_000) == "too-large"
    assert code_of(b"\x1f\x8b broken") == "compressed"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!doctype html><html><body><p>Not found</p></body></html>", "not-a-feed"),
        (b"just words", "not-a-feed"),
        (b"{}", "not-a-feed"),
        (b'{"items": ', "broken-markup"),
        (b'{"items":' + b"[" * 100_000, "broken-markup"),
        (b"/etc/hostname", "not-a-feed"),
        (b"http://127.0.0.1:1/feed", "not-a-feed"),
        (b"<!DOCTYPE rss [", "broken-markup"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(raw, code):
    assert code_of(raw) == code


def test_nothing_is_fetched_while_reading(monkeypatch):
    def refuse(*_):
        raise AssertionError("a parser opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    raw = "<!DOCTYPE rss SYSTEM 'http://a.example.test/x.dtd'>" + ITEM.format("x") + END
    assert len(feeds.parse(raw.encode()).entries) == 1


def test_warnings_of_a_server_before_the_feed_are_passed_over():
    feed = feeds.parse(("Warning: <b>disk</b> full\n" + ITEM.format("x") + END).encode())
    assert len(feed.entries) == 1
    assert "text-before" in feed.doubts


def test_a_broken_feed_gives_what_can_be_saved_and_says_so():
    feed = feeds.parse((ITEM.format("a & b <p>c") + "</item></channel>").encode())
    assert feed.entries[0].title == "t"
    assert feed.doubts == ("broken-markup",)


MEGABYTE = 1_000_000
SHAPES = {
    "words": "가 " * (MEGABYTE // 4),
    "one word": "a" * MEGABYTE,
    "open tags": "<div>" * (MEGABYTE // 5),
    "unclosed bold": "".join(f"<b id={n}>" for n in range(20_000)) + "<p>x" * 100_000,
    "marks": "<![CDATA[" * (MEGABYTE // 9),
    "ends": "]]>" * (MEGABYTE // 3),
    "times": "2025-03-28T04:05:32Z " * (MEGABYTE // 21),
    "addresses": "https://" * (MEGABYTE // 8),
    "announced": "https://a.example.test 2025-03-28T04:05:32Z " * (MEGABYTE // 45),
    "dates": "Fri, 28 Mar 2025 00:00:00 +0000 " * (MEGABYTE // 32),
    "brackets": "[" * MEGABYTE,
    "sentences": ". " * (MEGABYTE // 2),
    "document types": "<!DOCTYPE x [" * (MEGABYTE // 13),
    "declarations": "<!ENTITY a 'b'>" * (MEGABYTE // 15),
    "comments": "<!--" * (MEGABYTE // 4),
    "ampersands": "&" * MEGABYTE,
    "blank": "\n" * MEGABYTE,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "wrap", ["{}", ITEM + END, ITEM.replace("{}", "<![CDATA[{}]]>") + END, "json"]
)
def test_a_line_of_a_megabyte_takes_seconds_and_not_hours(shape, wrap):
    text = SHAPES[shape]
    text = json.dumps({"items": [{"content_html": text}]}) if wrap == "json" else wrap.format(text)
    began = time.process_time()
    with contextlib.suppress(feeds.Unreadable):
        feeds.parse(text.encode())
    assert time.process_time() - began < 60  # seconds in fact; a quadratic reader needs hours


PIECES = [
    "<rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<channel>", "<item>", "</item>",
    "<entry>", "<title>", "</title>", "<link href='", "https://a.example.test/1",
    "2025-03-28T04:05:32Z ",
    "Fri, 28 Mar 2025 00:00:00 +0000 ", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<!ENTITY a 'b'>",
    "&a;", "<pubDate>", "<urlset>", "<url><loc>", "{", '"items":[', "한글", "\x00", "\ud7ff",
    "<!--", "<?xml ", "encoding='euc-kr'", "?>", " ", "\n",
]  # fmt: skip


def survives(raw):
    try:
        feed = feeds.parse(raw)
    except feeds.Unreadable as refusal:
        params = refusal.params
        return all(isinstance(value, (str, int)) for value in (refusal.code, *params.values()))
    return all(map(is_sound, feed.entries))


def is_sound(entry):
    times = (entry.published, entry.updated)
    aware = all(moment is None or moment.tzinfo is not None for moment in times)
    return aware and (entry.address == "" or entry.address.startswith(("http://", "https://")))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_a_refusal(raw):
    assert survives(raw)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30),
    st.lists(st.sampled_from(["utf-8", "cp949", "utf-16"]), min_size=3, max_size=3),
)
def test_pieces_of_feeds_in_mixed_encodings_are_a_feed_or_a_refusal(pieces, codecs):
    raw = b"".join(
        piece.encode(codecs[number % 3], "replace") for number, piece in enumerate(pieces)
    )
    assert survives(raw)


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_good_feed_with_broken_bytes_is_a_feed_or_a_refusal(chance: random.Random):
    raw = bytearray((ITEM.format("해안도 &lt;p&gt;소식&lt;/p&gt;") + END).encode())
    for _ in range(chance.randint(1, 20)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    assert survives(bytes(raw))


def test_the_test_files_of_feedparser_are_feeds_or_refusals():
    folder = os.environ.get("FEEDPARSER_TESTS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FEEDPARSER_TESTS names no folder of feedparser's own test files")
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            assert survives(path.read_bytes())
