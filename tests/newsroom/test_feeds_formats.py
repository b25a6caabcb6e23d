"""Every form of feed gives the same kind of entries, with aware times and safe addresses."""

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gyoryu.newsroom import feeds

KST = timezone(timedelta(hours=9))


def rss(item, channel=""):
    return (
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>해안도</title><link>https://haean.example.test/news/</link>{channel}"
        f"<item>{item}</item></channel></rss>"
    ).encode()


def only(raw, **options):
    (entry,) = feeds.parse(raw, **options).entries
    return entry


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-28 09:30:00",
        "2025-03-28T09:30:00",
        "2025.03.28 09:30",
        "2025. 3. 28. 오전 9:30",
        "2025년 3월 28일(금) 9시 30분",
        "Fri, 28 Mar 2025 09:30:00",
        "Fri, 28 Mar 2025 09:30:00 KST",
        "Fri, 28 Mar 2025 00:30:00 GMT",
        "Fri, 28 Mar 2025 00:30:00 -0000",
        "20250328T093000",
        "March 28, 2025 9:30 AM",
        "금, 28 3월 2025 09:30:00 KST",
        "Fri Mar 28 09:30:00 KST 2025",
        "Fri Mar 28 00:30:00 GMT 2025",
    ],
)
def test_a_time_without_a_zone_is_korean(written):
    entry = only(rss(f"<title>t</title><pubDate>{written}</pubDate>"))
    assert entry.published == datetime(2025, 3, 28, 9, 30, tzinfo=KST)
    assert entry.published.tzinfo is not None


def test_another_zone_may_be_meant():
    entry = only(rss("<title>t</title><pubDate>2025-03-28 09:30</pubDate>"), zone=UTC)
    assert entry.published == datetime(2025, 3, 28, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2025-02-30", "yesterday", "99999999", "0000-00-00 00:00:00"])
def test_a_time_that_is_none_is_missing_and_not_invented(written):
    assert only(rss(f"<title>t</title><pubDate>{written}</pubDate>")).published is None


def test_rss_gives_content_before_summary_and_cleans_it():
    entry = only(
        rss(
            "<title>A &amp;amp; B &lt;1위&gt;</title><link>/view?id=3&amp;utm_source=x#top</link>"
            "<dc:creator>홍보과</dc:creator><description>short</description>"
            "<content:encoded><![CDATA[<p onclick='x()'>첫째</p><script>bad()</script>"
            "<p>둘째<br>셋째</p>]]></content:encoded>"
        )
    )
    assert entry.title == "A & B <1위>"
    assert entry.address == "https://haean.example.test/view?id=3&utm_source=x#top"
    assert entry.identity == "https://haean.example.test/view?id=3"
    assert entry.authors == ("홍보과",)
    assert entry.body == "첫째\n\n둘째\n셋째"
    assert entry.html == "<p>첫째</p><p>둘째<br>셋째</p>"
    assert entry.language == "ko"


def test_rss_one_and_undated_entries_are_read():
    raw = b"""<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example.test/">
      <title>Haean</title><link>https://a.example.test/</link></channel>
      <item rdf:about="https://a.example.test/1"><title>Seeds</title>
      <link>https://a.example.test/1</link><dc:date>2025-03-28</dc:date></item></rdf:RDF>"""
    feed = feeds.parse(raw)
    assert feed.kind == "rdf"
    assert feed.entries[0].address == "https://a.example.test/1"
    assert feed.entries[0].updated == datetime(2025, 3, 28, tzinfo=KST)


def test_a_harmful_address_is_dropped():
    assert only(rss("<title>t</title><link>javascript:alert(1)</link>")).address == ""


def test_json_feed_is_read_in_both_versions():
    raw = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "해안도",
            "home_page_url": "https://haean.example.test/",
            "language": "ko-KR",
            "items": [
                {
                    "id": 7,
                    "url": "/7",
                    "title": "씨앗은행",
                    "content_html": "<p>연다</p>",
                    "date_published": "2025-03-28T09:30:00+09:00",
                    "authors": [{"name": "홍보과"}],
                },
                {"id": "8", "content_text": "Seed bank opens", "author": {"name": "desk"}},
                "nonsense",
                {"id": []},
            ],
        }
    ).encode()
    first, second = feeds.parse(raw).entries
    assert first == feeds.Entry(
        title="씨앗은행",
        address="https://haean.example.test/7",
        identity="7",
        published=datetime(2025, 3, 28, 9, 30, tzinfo=KST),
        language="ko",
        authors=("홍보과",),
        body="연다",
        html="<p>연다</p>",
    )
    assert (second.body, second.authors, second.language) == ("Seed bank opens", ("desk",), "en")


def test_a_news_sitemap_tells_titles_and_times():
    raw = """<?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
       xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc>https://a.example.test/1</loc><lastmod>2025-03-29</lastmod><news:news>
      <news:publication><news:name>해안</news:name><news:language>ko</news:language>
      </news:publication><news:publication_date>2025-03-28T09:30</news:publication_date>
      <news:title>씨앗은행 연다</news:title></news:news></url>
      <url><loc>ftp://a.example.test/2</loc></url></urlset>""".encode()
    feed = feeds.parse(raw)
    assert feed.kind == "sitemap"
    assert feed.entries == (
        feeds.Entry(
            title="씨앗은행 연다",
            address="https://a.example.test/1",
            identity="https://a.example.test/1",
            published=datetime(2025, 3, 28, 9, 30, tzinfo=KST),
            updated=datetime(2025, 3, 29, tzinfo=KST),
            language="ko",
        ),
    )


def test_a_sitemap_index_points_to_sitemaps_even_packed():
    raw = (
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        b"<sitemap><loc>https://a.example.test/news.xml.gz</loc></sitemap></sitemapindex>"
    )
    feed = feeds.parse(gzip.compress(raw, mtime=0))
    assert (feed.kind, feed.entries) == ("sitemap-index", ())
    assert feed.sitemaps == ("https://a.example.test/news.xml.gz",)


KOREAN = rss(
    "<title>똠방각하, 펲시 샾을 열다</title><description>해안도 소식</description>"
).decode()


@pytest.mark.parametrize(
    ("codec", "told", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "euc-kr", "text/xml; charset=euc-kr"),  # the label is wrong
        ("cp949", "euc-kr", ""),
        ("cp949", "utf-8", ""),  # the label is wrong
        ("cp949", "iso-8859-1", "text/xml; charset=ISO-8859-1"),
        ("cp949", "no-such-code", "text/xml; charset=punycode"),
        ("cp949", "ks_c_5601-1987", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-8-sig", "utf-8", "application/rss+xml"),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(codec, told, header):
    raw = f"<?xml version='1.0' encoding='{told}'?>{KOREAN}".encode(codec)
    feed = feeds.parse(raw, content_type=header)
    assert feed.entries[0].title == "똠방각하, 펲시 샾을 열다"
    assert feed.doubts == ()


def test_letters_lost_are_confessed():
    raw = KOREAN.encode().replace("소식".encode(), "소식".encode()[:-1])
    feed = feeds.parse(raw)
    assert feed.entries[0].title == "똠방각하, 펲시 샾을 열다"
    assert feed.doubts == ("letters-lost",)
