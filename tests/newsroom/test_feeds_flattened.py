"""Flattened feeds come apart exactly where their articles begin and end."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import feeds
from gyoryu.newsroom.text.markup import fold

ARTICLES = [
    (
        "Haean Province and Lindmark Region Open a Joint Seed Bank",
        "https://news.example.test/?p=11",
        "2025-03-28T04:05:32Z",
        "○ Haean Province opened a seed bank with Lindmark.\n- It holds [2,000] kinds.\n\n"
        "“We start small,” said Governor Oh Na-ri. See <annex> at 10:30.",
    ),
    (
        "해안도, 린드마르크주와 「씨앗은행」 업무협약[MOU] 체결",
        "https://news.example.test/?p=12",
        "2025-03-27T01:00:00Z",
        "□ 해안도(지사 오나리)는 27일 린드마르크주와 협약을 맺었다.\n\n"
        "* 규모: 2천 종\n\n붙임: 사진. 끝.",
    ),
    (
        "Fact Sheet: U.S.-Haean Partnership",
        "https://news.example.test/?p=13",
        "2025-03-26T00:00:00Z",
        "Nothing here but a date, 2025-03-01T00:00:00Z, and a page https://a.example.test/x.",
    ),
]


def flattened_atom(articles=ARTICLES):
    heading = "News - Haean Haean Province 2026-01-09T04:06:35Z"
    parts = [f"{heading} https://news.example.test/feed/atom/ Press"]
    spans = []
    for title, address, published, body in articles:
        later = published.replace("Z", "+00:00")
        updated = (datetime.fromisoformat(later) + timedelta(seconds=63)).isoformat()
        parts.append(f" desk <![CDATA[{title}]]> {address} {updated} {published} ")
        start = sum(map(len, parts))
        parts.append(body)
        spans.append((start, start + len(body)))
        parts.append("\n\n]]>\n")
    return "".join(parts), spans


def atom(articles=ARTICLES):
    def escaped(text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    entries = "".join(
        f"<entry><title>{escaped(title)}</title><id>{address}</id><link href='{address}'/>"
        f"<published>{published}</published>"
        f"<content type='html'>{escaped('<p>' + escaped(body).replace(chr(10), '<br>') + '</p>')}"
        "</content></entry>"
        for title, address, published, body in articles
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Haean</title>{entries}</feed>"


def rss(articles=ARTICLES):
    items = "".join(
        f"<item><title><![CDATA[{title}]]></title><guid>{address}</guid><link>{address}</link>"
        f"<pubDate>{datetime.fromisoformat(published.replace('Z', '+00:00')):%a, %d %b %Y %H:%M:%S}"
        f" +0000</pubDate><description><![CDATA[{body.replace('<', '&lt;')}]]></description></item>"
        for title, address, published, body in articles
    )
    return f"<rss version='2.0'><channel><title>Haean</title>{items}</channel></rss>"


def told(feed):
    return [(one.title, one.address, one.published, fold(one.body)) for one in feed.entries]


def test_each_body_lies_exactly_where_its_span_says():
    text, spans = flattened_atom()
    feed = feeds.parse(text.encode())
    assert feed.kind == "flattened-atom"
    assert [one.span for one in feed.entries] == spans
    assert [one.body for one in feed.entries] == [body for *_, body in ARTICLES]
    assert [text[slice(*one.span)] for one in feed.entries] == [one.body for one in feed.entries]
    assert {one.authors for one in feed.entries} == {("desk",)}
    assert [one.language for one in feed.entries] == ["en", "ko", "en"]
    assert feed.doubts == ()


def test_spans_count_from_the_text_without_its_byte_order_mark():
    text, spans = flattened_atom()
    assert [one.span for one in feeds.parse(b"\xef\xbb\xbf" + text.encode()).entries] == spans


def test_atom_rss_and_flattened_feeds_tell_the_same_articles():
    flat = told(feeds.parse(flattened_atom()[0].encode()))
    assert told(feeds.parse(atom().encode())) == flat
    assert told(feeds.parse(rss().encode())) == flat


def test_the_earlier_time_is_the_publication_whatever_the_order():
    both = "d <![CDATA[T]]> https://a.example.test/1 {} {} body ]]>"
    early, late = "2025-03-01T00:00:00Z", "2025-03-02T00:00:00Z"
    for order in ((early, late), (late, early)):
        (entry,) = feeds.parse(both.format(*order).encode()).entries
        assert (entry.published, entry.updated) == (
            datetime(2025, 3, 1, tzinfo=UTC),
            datetime(2025, 3, 2, tzinfo=UTC),
        )


def test_a_summary_before_the_body_is_not_part_of_it():
    opening = "d <![CDATA[T]]> https://a.example.test/1 2025-03-01T00:00:00Z"
    text = f"{opening} <![CDATA[Short […]]]> Long. ]]>"
    (entry,) = feeds.parse(text.encode()).entries
    assert entry.body == "Long."


def test_a_feed_cut_short_keeps_its_last_article_and_says_so():
    text, _ = flattened_atom()
    feed = feeds.parse(text[: text.rindex("]]>") - 30].encode())
    assert len(feed.entries) == 3
    assert feed.doubts == ("cut-short",)


def test_an_address_and_a_time_without_marks_still_announce_an_entry():
    text = (
        "First title https://a.example.test/1 2025-03-01T09:00:00 One.\n\n"
        "Second title https://a.example.test/2 2025-03-02T09:00:00 Two.\n"
    )
    feed = feeds.parse(text.encode())
    assert [(one.title, one.body) for one in feed.entries] == [
        ("First title", "One."),
        ("Second title", "Two."),
    ]
    kst = timezone(timedelta(hours=9))
    assert feed.entries[0].published == datetime(2025, 3, 1, 9, tzinfo=kst)
    assert feed.doubts == ("titles-guessed",)


CHANNEL = (
    "Haean News https://news.example.test Global Fri, 09 Jan 2026 04:06:35 +0000 en-US hourly 1 "
    "https://generator.example.test/?v=6.1{}"
)


@pytest.mark.parametrize("channel", ["", CHANNEL.format("\n")])
def test_flattened_rss_takes_the_line_before_a_date_as_the_title(channel):
    text = channel + "\n".join(
        f"{title} Fri, 28 Mar 2025 04:05:32 +0000 {body}" for title, _, _, body in ARTICLES
    )
    feed = feeds.parse(text.encode())
    assert feed.kind == "flattened-rss"
    assert [(one.title, one.body) for one in feed.entries] == [
        (title, body) for title, _, _, body in ARTICLES
    ]
    assert all(text[slice(*one.span)] == one.body for one in feed.entries)
    assert feed.doubts == ("titles-guessed",)


def test_flattened_rss_keeps_the_address_beside_its_date():
    text = (
        "One https://a.example.test/1 Fri, 28 Mar 2025 04:05:32 +0000 First body.\n"
        "Two Fri, 28 Mar 2025 05:05:32 +0000 https://a.example.test/?p=2 Second body.\n"
    )
    feed = feeds.parse(text.encode())
    assert [(one.title, one.address, one.body) for one in feed.entries] == [
        ("One", "https://a.example.test/1", "First body."),
        ("Two", "https://a.example.test/?p=2", "Second body."),
    ]


def test_flattened_rss_on_one_line_cuts_after_the_last_sentence():
    text = CHANNEL.format(" ") + " ".join(
        f"{title} Fri, 28 Mar 2025 04:05:32 +0000 {body}"
        for title, body in (
            ("Oh J. Na-ri Visits Lindmark", "The visit took two days. It went well."),
            ("Dr. Kim Speaks in Haean", "He spoke for an hour."),
            ("해안도, 씨앗은행 연다", "해안도는 씨앗은행을 연다. 오는 5월이다."),
        )
    )
    feed = feeds.parse(text.encode())
    assert [one.title for one in feed.entries] == [
        "Oh J. Na-ri Visits Lindmark",
        "Dr. Kim Speaks in Haean",
        "해안도, 씨앗은행 연다",
    ]
    assert feed.entries[0].body == "The visit took two days. It went well."


WORDS = (
    st.text("가나다 abc.,[]()<>&\n“”-0123456789", min_size=1, max_size=200)
    .map(str.strip)
    .filter(bool)
)


def test_flattened_rss_knows_a_title_that_its_body_repeats():
    text = CHANNEL.format(" ") + " ".join(
        f"{title} Fri, 28 Mar 2025 04:05:32 +0000 {title} {body}"
        for title, body in (
            ("해안도, 씨앗은행 연다", "2천 종을 모은다 (문의: 교류과)"),
            ("갯마을 축제에 20만 명 모여", "축제가 끝났다. 내년에 다시 연다 붙임 사진"),
            ("해안도의회 임시회 열려", "조례 세 건을 다룬다."),
            ("바다숲 만들기 시작", "도는 바다숲을 만든다."),
        )
    )
    assert [one.title for one in feeds.parse(text.encode()).entries] == [
        "해안도, 씨앗은행 연다",
        "갯마을 축제에 20만 명 모여",
        "해안도의회 임시회 열려",
        "바다숲 만들기 시작",
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_any_bodies_come_back_whole(written):
    articles = [
        (fold(title), f"https://news.example.test/?p={number}", "2025-03-28T04:05:32Z", body)
        for number, (title, body) in enumerate(written)
        if "]]>" not in title and not title.endswith("]")
    ]
    if not articles:
        return
    text, spans = flattened_atom(articles)
    feed = feeds.parse(text.encode())
    assert [one.span for one in feed.entries] == spans
    assert [one.title for one in feed.entries] == [title for title, *_ in articles]
