"""A page gives its article, whole, and nothing of what stands around it."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import pages
from gyoryu.newsroom.pages import lines

KST = timezone(timedelta(hours=9))
TITLE = "해안도, 린드마르크주와 씨앗은행 연다"
BODY = [
    "- 오나리 지사, 28일 협약식에서 2천 종 교환 약속",
    "□ 해안도(지사 오나리)는 28일 린드마르크주와 씨앗은행을 함께 여는 협약을 맺었다고 밝혔다.",
    "ㅇ 두 지역은 해마다 씨앗 2천 종을 주고받고, 보관 비용 12억 원을 반씩 낸다.",
    "* 협약 기간: 2025년 4월부터 5년",
    "□ 오 지사는 “작은 씨앗이 두 지역을 잇는 다리가 될 것”이라고 말했다.",
]
OTHERS = [
    "갯마을 축제에 20만 명 모여",
    "해안도의회 임시회 열려",
    "바다숲 만들기 시작",
    "도립미술관 새 단장",
]


def board():
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    return f"""<!doctype html><html lang="ko"><head><meta charset="utf-8">
      <title>{TITLE} | 보도자료 | 해안도청</title></head><body>
      <a href="#c">본문 바로가기</a><nav><ul><li>도정소식</li><li>고시공고</li></ul></nav>
      <div class="weather">오늘의 날씨 맑음 12℃</div><div class="lnb">공지사항</div>
      <div id="contents"><h2>보도자료</h2><div class="board_view">
      <h3 class="view_title">{TITLE}</h3>
      <ul class="view_info"><li>작성일 : 2025.03.28</li><li>조회수 : 321</li></ul>
      <div class="sns_share"><a>페이스북</a><a>URL 복사</a></div><div class="cont">{paragraphs}
      <figure><img src="a.png"><figcaption>지사(왼쪽)가 서명한다</figcaption></figure></div>
      <div class="file_list">첨부파일 <a>보도자료.hwp</a></div></div>
      <div class="prev_next">이전글 {OTHERS[0]}</div></div>
      <footer>대표전화 000-000-0000 Copyright ⓒ 해안도</footer></body></html>"""


def breaks():
    others = "".join(f"<br>{one}" for one in OTHERS)
    return f"""<html><head><title>해안신문 - {TITLE}</title></head><body><div>
      작성일 2025-03-28 09:10<br>조회수 77<br>{TITLE}<br><br>{TITLE}<br>{TITLE}<br>
      기사입력 2025/03/28 09:10 | 최종수정 2025-03-29 10:20<br>{"<br><br>".join(BODY)}<br>
      [사진=해안도 제공]<br>한바다 기자 bada@haean.example.test<br>BEST 뉴스{others}<br>
      서울 12℃ 해안 9℃<br>무단 전재 및 재배포 금지<br>ⓒ 해안신문</div></body></html>"""


def tables():
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr">
      <title>해안도 보도자료</title></head><body><table><tr>
      <td><a>공지</a><br><a>해명자료</a></td><td>
      <table><tr><th>제목</th><td>{TITLE}</td></tr><tr><th>작성자</th><td>홍보과</td><th>등록일</th>
      <td>2025-03-28 09:10</td></tr><tr><td colspan=4>{"<br>".join(BODY)}</td></tr></table>
      <a>목록</a> <a>인쇄</a></td></tr></table></body></html>"""


def form():
    paragraphs = "".join(f"<p><span>{line}</span></p>" for line in BODY)
    return f"""<html><head><meta charset="utf-8"><title>보도자료 상세 | 해안부</title></head><body>
      <form><h2>보도자료</h2><div class="tit_area"><p class="subject">{TITLE}</p>
      <span>등록일 2025.03.28 09:10</span> <span>조회 12</span></div><div><p>보도자료</p><table><tr>
      <td>보도시점</td><td>2025. 3. 28.(금) 11:00</td><td>배포</td>
      <td>2025. 3. 27.(목)</td></tr></table>{paragraphs}<p>붙임 협약식 사진. 끝.</p>
      <table><tr><td>담당 부서</td><td>교류과</td><td>책임자</td>
      <td>과장</td><td>한바다</td><td>(000-000-1234)</td></tr></table></div></form></body></html>"""


def body_lines(article):
    return [line for line in article.body.split("\n") if line]


@pytest.mark.parametrize("page", [board, breaks, tables, form])
def test_a_page_gives_its_title_and_every_line_of_its_body_and_no_other(page):
    article = pages.article(page().encode())
    assert (article.title, body_lines(article), article.language) == (TITLE, BODY, "ko")
    assert article.doubts == ()
    assert article.published.astimezone(KST).date().isoformat() == "2025-03-28"


def test_times_are_korean_where_no_zone_is_told_and_updates_are_kept_apart():
    article = pages.article(breaks())
    assert article.published == datetime(2025, 3, 28, 9, 10, tzinfo=KST)
    assert article.updated == datetime(2025, 3, 29, 10, 20, tzinfo=KST)
    assert pages.article(breaks(), zone=UTC).published == datetime(2025, 3, 28, 9, 10, tzinfo=UTC)


def test_data_and_meta_tags_go_before_labels():
    head = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
      "headline": "Seed bank opens", "datePublished": "2025-03-28T01:00:00Z",
      "dateModified": "2025-03-28T02:00:00Z"}]}</script>"""
    article = pages.article(
        f"<html><head>{head}</head><body><p>Posted on 2024-01-01</p></body></html>"
    )
    assert article.title == "Seed bank opens"
    assert article.published == datetime(2025, 3, 28, 1, tzinfo=UTC)
    assert article.updated == datetime(2025, 3, 28, 2, tzinfo=UTC)
    meta = '<meta property="article:published_time" content="2025-03-28T10:00:00">'
    assert pages.article(f"<html>{meta}<p>x y z</p></html>").published == datetime(
        2025, 3, 28, 10, tzinfo=KST
    )


@pytest.mark.parametrize(
    ("codec", "header"),
    [
        ("utf-8", ""),
        ("cp949", ""),
        ("cp949", "text/html; charset=EUC-KR"),
        ("cp949", "text/html; charset=utf-8"),
        ("cp949", "text/html; charset=iso-8859-1"),
        ("utf-8", "text/html; charset=euc-kr"),
    ],
)
def test_the_encoding_is_found_by_header_declaration_and_trial(codec, header):
    article = pages.article(tables().encode(codec, "xmlcharrefreplace"), content_type=header)
    assert (article.title, body_lines(article), article.encoding) == (TITLE, BODY, codec)


def test_an_english_page_is_read_alike():
    paragraphs = (
        "<p>Haean opened a seed bank with Lindmark.</p><p>It holds 2,000 kinds of seed.</p>"
    )
    page = f"""<html lang="en-US"><head><title>Haean Opens a Seed Bank - Haean Province</title>
      </head><body><header><a>Haean Province</a><ul><li>About</li></ul></header><article>
      <h1>Haean Opens a Seed Bank</h1><div class="entry-meta">Posted on March 28, 2025 by desk</div>
      <div class="share-bar"><a>Share</a></div><div>{paragraphs}</div></article>
      <section class="related-posts"><h2>Related News</h2><p>Ferry line resumes</p></section>
      <div><h3>Most Popular</h3><a>Youth exchange starts</a></div>
      <footer>© Haean Province. All rights reserved.</footer></body></html>"""
    article = pages.article(page)
    assert article.title == "Haean Opens a Seed Bank"
    assert body_lines(article) == [
        "Haean opened a seed bank with Lindmark.",
        "It holds 2,000 kinds of seed.",
    ]
    assert article.published == datetime(2025, 3, 28, tzinfo=KST)
    assert article.language == "en"


@pytest.mark.parametrize("tag", ["pre", "div"])
def test_lines_typed_into_a_page_stay_lines(tag):
    typed = ("\n" if tag == "pre" else "\n\n").join(BODY)
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><{tag}>{typed}</{tag}></body></html>"
    assert body_lines(pages.article(page)) == BODY


def test_nothing_is_cut_without_a_word():
    article = pages.article(breaks())
    told = {one.text: one.reason for one in article.cut}
    assert told[OTHERS[0]] == "related"
    assert told["무단 전재 및 재배포 금지"] == "related"  # it stands under the list of other news
    assert told["한바다 기자 bada@haean.example.test"] == "byline"
    assert told["조회수 77"] == "board"
    assert told["[사진=해안도 제공]"] == "caption"
    assert [one.reason for one in article.cut].count("title") == 3


SENTENCES = [
    "담당자는 사진을 찍으며 날씨가 12도였다고 말했다.",
    "관련 기사에 따르면 두 도시는 협약을 맺었다.",
    "배포된 자료를 보면 참가 기업은 138개 사이다.",
    "붙임에 적힌 대로 두 기관은 해마다 만난다.",
    "The news release was shared with 30 offices, and more news will follow in May.",
    "○ 문의가 늘어 상담 건수는 168건에 이르렀다.",
    "* 수출액(만 달러): ('23) 1,152 → ('24) 1,480",
    "구분 2023년 2024년",
    "3천623만 달러",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_not_lost_to_a_word_in_it(sentence):
    text = f"{BODY[1]}\n\n{sentence}\n\n{BODY[2]}"
    assert lines.sift(text, TITLE) == (text, ())


def test_a_contact_table_ends_where_the_annex_begins():
    table = ["담당 부서", "교류과", "책임자", "과 장", "한바다", "(000-000-1234)"]
    annex = "참고로 두 지역은 지난 10년 동안 청년 300명을 서로 보내며 말과 살림을 배우게 하였다."
    body, cut = lines.sift("\n".join([*BODY, *table, annex]))
    assert body == "\n".join([*BODY, annex])
    assert [one.text for one in cut] == table


def test_selectors_of_a_source_go_before_the_general_reading():
    page = """<html><body><div class="x"><h4 class="t">Seed bank</h4>
      <i class="d">2025.3.28 10:00</i>
      <div class="b"><p>First line.</p><p class="ad">Buy seeds!</p></div></div>
      <p>Another long paragraph that is not part of it at all, whatever its length may be.</p>"""
    chosen = pages.Selectors(body=".b", title=".t", published=".d", drop=".ad")
    article = pages.article(page, selectors=chosen)
    assert (article.title, article.body) == ("Seed bank", "First line.")
    assert article.published == datetime(2025, 3, 28, 10, tzinfo=KST)
    assert article.doubts == ()


@pytest.mark.parametrize(
    ("selectors", "doubt"),
    [
        (pages.Selectors(body=".gone"), "selector-missed"),
        (pages.Selectors(body="p[["), "selector-missed"),
        (pages.Selectors(drop="p[["), "bad-selector"),
    ],
)
def test_a_selector_that_fits_no_more_is_confessed_and_the_article_still_read(selectors, doubt):
    article = pages.article(board(), selectors=selectors)
    assert body_lines(article) == BODY
    assert article.doubts == (doubt,)


def test_kept_html_is_harmless():
    page = f"""<html><body><article><p onclick="x()">{BODY[1]}</p><script>bad()</script>
      <p><a href="javascript:x()">{BODY[2]}</a></p><iframe src="https://a.example.test"></iframe>
      </article></body></html>"""
    html = pages.article(page).html
    assert BODY[1] in html
    for harm in ("onclick", "script", "javascript", "iframe"):
        assert harm not in html


def test_a_text_file_is_read_by_its_first_line():
    text = f"보도자료\n보도시점: 2025. 3. 28.(금) 11:00\n{TITLE}\n\n" + "\n".join(BODY)
    article = pages.article(text.encode("cp949"), content_type="text/plain")
    assert (article.title, article.encoding) == (TITLE, "cp949")
    assert body_lines(article) == BODY
    assert article.published == datetime(2025, 3, 28, 11, tzinfo=KST)


def test_too_much_and_nothing_are_refused():
    for page, code in ((b"x" * (pages.LIMIT + 1), "too-large"), (b" ", "empty"), ("", "empty")):
        with pytest.raises(pages.Unreadable) as refusal:
            pages.article(page)
        assert refusal.value.code == code


def test_a_tangled_page_is_stripped_and_its_scripts_with_it():
    page = f"<html>{'<div>' * 500}<script>bad()</script><p>{BODY[1]}</p><style>p{{}}</style></html>"
    article = pages.article(page)
    assert (article.title, article.body) == ("", BODY[1])
    assert article.doubts == ("tangled-markup",)


SHAPES = {
    "deep": "<div>" * 100_000,
    "unclosed bold": "".join(f"<b id={n}>" for n in range(20_000)) + "<p>x" * 50_000,
    "titles in titles": "<div class=title>a" * 399,
    "spans": "<span class=title>" * 20_000,
    "lists": "<ul><li>" * 50_000,
    "tables": "<table><tr><td>" * 30_000,
    "one word": "a" * 500_000,
    "dashes": "-" * 500_000,
    "labels": "작성일 조회수 담당자 " * 20_000,
    "lines of labels": "작성일 조회수<br>" * 20_000,
    "phones": "02-1234-5678 " * 30_000,
    "weather": "<br>".join(["서울 12℃ " * 20] * 1_000),
    "broken tags": "<a b='" * 80_000,
    "data": '<script type="application/ld+json">' + "[" * 150_000 + "</script>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_hostile_markup_takes_seconds_and_not_hours(shape):
    began = time.process_time()
    pages.article(f"<html><body>{SHAPES[shape]}</body></html>")
    assert time.process_time() - began < 60


PIECES = [
    "<html>", "<body>", "<p>", "</p>", "<br>", "<div class=", "'menu'>", "<table><tr><td>",
    "<title>", "</title>", "<h1>", "BEST 뉴스", "작성일 2025-99-99", "담당 부서", "&amp;", "<!--",
    "&#x110000;", "<script>", "]]>", "\x00", "보도시점", " ", "\n", "가나다 라마바.", "<frameset>",
    "<meta charset=utf-7>",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["utf-8", "cp949"]))
def test_any_markup_is_an_article_or_a_refusal(pieces, codec):
    try:
        article = pages.article("".join(pieces).encode(codec))
    except pages.Unreadable as refusal:
        assert refusal.code == "empty"  # noqa: PT017
    else:
        assert article.published is None or article.published.tzinfo is not None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_a_refusal(raw):
    try:
        pages.article(b"<html><body>" + raw)
        pages.article(raw)
    except pages.Unreadable as refusal:
        assert refusal.code == "empty"  # noqa: PT017
