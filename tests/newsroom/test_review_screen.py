"""The review screen: everything by forms and links, hostile text harmless, few queries."""

import newsroom_stages as stages
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from test_ingest import answer, feed

from gyoryu.agreements.models import Agreement, Commitment
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.newsroom.actions import visits
from gyoryu.newsroom.models import Article, Candidate, Source, Trust

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script> <a href="javascript:x">링크</a> & {{ 7|add:1 }}'


@pytest.fixture
def article(take_in, parties):
    return take_in()


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer)


def page(article):
    return reverse("review-article", args=[article.pk])


def fact(article, kind="agreement"):
    return article.candidates.get(kind=kind)


def shown(reply):
    return reply.content.decode()


def test_the_queue_leads_to_the_newest_article_and_says_when_nothing_waits(
    browser, take_in, parties
):
    assert "대기 중인 사실이 없습니다" in shown(browser.get(reverse("review")))
    article = take_in()
    assert browser.get(reverse("review")).url == page(article)


def test_an_article_is_shown_with_marks_and_a_card_for_each_fact(browser, article):
    html = shown(browser.get(page(article)))
    agreement, commitment = fact(article), fact(article, "commitment")
    for one in (agreement, commitment):
        assert f'id="c{one.pk}"' in html
        assert f'<a href="#c{one.pk}">' in html
        assert reverse("candidate-accept", args=[one.pk]) in html
    assert "서명되었습니까?" in html
    assert "“지난 24일”에서" in html


def test_accepting_without_the_choice_is_answered_on_the_card_and_nothing_is_made(browser, article):
    reply = browser.post(reverse("candidate-accept", args=[fact(article).pk]))
    assert reply.status_code == 422
    assert "서명 여부를 고르세요" in shown(reply)
    assert not Agreement.objects.exists()


def test_an_agreement_is_accepted_by_its_form_and_a_double_click_makes_one(browser, article):
    key = "7f3a2f0e-0d5b-4f0a-9d3b-1f6f2a1b9c77"
    told = {"standing": "signed", "once": key}
    address = reverse("candidate-accept", args=[fact(article).pk])
    replies = [browser.post(address, told) for _click in range(2)]
    assert [reply.status_code for reply in replies] == [302, 302]
    assert Agreement.objects.get().status == "signed"


def test_a_fact_is_corrected_on_its_form_and_nothing_typed_is_lost(browser, article, parties):
    address = reverse("candidate-edit", args=[fact(article).pk])
    html = shown(browser.get(address))
    assert "다낭시 인민위원회 #" in html
    told = {
        "kind": "mou",
        "title_ko": "스마트도시 협약",
        "standing": "draft",
        "signed": "2025-02-30",
        "theirs": f"{parties['theirs'].name_ko}\n다낭시 정보통신국",
    }
    reply = browser.post(address, told)
    assert reply.status_code == 422
    assert set(reply.context["form"].errors) == {"signed", "theirs"}
    assert "다낭시 정보통신국" in shown(reply)
    reply = browser.post(address, {**told, "signed": "2025-03-24", "add_unknown": "on"})
    assert reply.url == page(article)
    made = Agreement.objects.get()
    assert (made.title_ko, made.parties.filter(side="theirs").count()) == ("스마트도시 협약", 2)


def test_turning_down_and_undoing_are_pages_of_their_own(browser, article):
    one = fact(article, "commitment")
    assert (
        browser.post(reverse("candidate-refuse", args=[one.pk]), {"reason": ""}).status_code == 422
    )
    browser.post(reverse("candidate-refuse", args=[one.pk]), {"reason": "홍보 문구"})
    one.refresh_from_db()
    assert (one.state, one.reason) == ("refused", "홍보 문구")
    browser.post(reverse("candidate-undo", args=[one.pk]), {"reason": "다시 봄"})
    one.refresh_from_db()
    assert one.state == "waiting"


def test_hostile_text_is_shown_as_text_everywhere(browser, take_in, parties):
    article = take_in(f"{HOSTILE}\n\n{stages.BODY} {HOSTILE}", title=f"{HOSTILE} 업무협약 3건 체결")
    for address in (
        page(article),
        reverse("article", args=[article.pk]),
        reverse("articles"),
        reverse("candidate-edit", args=[fact(article).pk]),
        reverse("candidate-refuse", args=[fact(article).pk]),
    ):
        html = shown(browser.get(address))
        assert "<script>alert(1)" not in html
        assert 'href="javascript:' not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "{{ 7|add:1 }}" in html


POSTS = [
    ("candidate-accept", "candidate", "newsroom.review"),
    ("candidate-edit", "candidate", "newsroom.review"),
    ("candidate-refuse", "candidate", "newsroom.review"),
    ("candidate-undo", "candidate", "newsroom.review"),
    ("conflict-settle", "conflict", "newsroom.review"),
    ("accept-certain", "article", "newsroom.review"),
    ("hand-in", "", "newsroom.review"),
    ("source-new", "", "newsroom.sources"),
    ("source-edit", "source", "newsroom.sources"),
    ("source-pause", "source", "newsroom.sources"),
    ("source-resume", "source", "newsroom.sources"),
    ("source-visit", "source", "newsroom.sources"),
    ("trust", "", "newsroom.trust"),
]


@pytest.mark.parametrize(("name", "about", "capability"), POSTS)
@pytest.mark.parametrize("role", ["viewer", "auditor", "administrator", "press"])
def test_who_may_not_is_refused_on_every_post(
    signed_in, person_with, take_in, parties, province, name, about, capability, role
):
    article = take_in(f"{stages.BODY} 업무협약 1건이다.", title="업무협약 3건 체결")
    user = person_with(role, province.root)
    if user.access.may(capability):
        pytest.skip("this role may")
    rows = {
        "article": article,
        "candidate": fact(article, "commitment"),
        "conflict": article.conflicts.get(),
        "source": article.source,
    }
    before = [list(model.objects.values()) for model in (Article, Candidate, Source, Trust)]
    args = [rows[about].pk] if about else []
    assert signed_in(user).post(reverse(name, args=args), {"reason": "x"}).status_code == 403
    assert [list(model.objects.values()) for model in (Article, Candidate, Source, Trust)] == before


@pytest.mark.parametrize(("name", "about", "capability"), POSTS[:6])
def test_another_government_sees_and_decides_nothing_of_ours(
    signed_in, person_with, take_in, parties, province, name, about, capability
):
    article = take_in(f"{stages.BODY} 업무협약 1건이다.", title="업무협약 3건 체결")
    stranger = signed_in(person_with("approver", province.other))
    rows = {
        "article": article,
        "candidate": fact(article, "commitment"),
        "conflict": article.conflicts.get(),
    }
    assert stranger.post(reverse(name, args=[rows[about].pk]), {"reason": "x"}).status_code == 404
    assert stranger.get(page(article)).status_code == 404
    assert stages.TITLE not in shown(stranger.get(reverse("articles")))


def test_a_press_officer_is_told_who_lets_facts_in(signed_in, person_with, article, province):
    html = shown(signed_in(person_with("press")).get(page(article)))
    assert "기록에 넣는 일은 담당자만 할 수 있습니다." in html
    assert reverse("candidate-accept", args=[fact(article).pk]) not in html


def test_an_article_is_handed_in_by_paste_and_a_wrong_file_is_answered_at_its_field(
    browser, parties
):
    address = reverse("hand-in")
    reply = browser.post(address, {"text": "", "title": "제목만"})
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["text"])
    told = {"text": f"{stages.TITLE}\n\n{stages.BODY}", "published": "2025-03-25"}
    reply = browser.post(address, told)
    article = Article.objects.get()
    assert reply.url == reverse("article", args=[article.pk])
    assert fact(article).fields["signed"]["value"] == "2025-03-24"


def test_the_article_page_tells_its_versions_and_its_state(browser, take_in, parties):
    take_in()
    article = take_in(stages.BODY.replace("24일", "23일"))
    html = shown(browser.get(reverse("article", args=[article.pk])))
    assert "<del>24일 </del>" in html
    assert "<ins>23일 </ins>" in html
    assert "판단할 사실 2건" in html


def test_a_source_is_added_and_a_wrong_address_is_answered_at_its_field(browser):
    told = {"name": "소식", "kind": "feed", "address": "mailto:x@y", "every_minutes": "60"}
    reply = browser.post(reverse("source-new"), told)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["address"])
    browser.post(reverse("source-new"), {**told, "address": "https://news.example.test/rss"})
    made = Source.objects.get()
    assert shown(browser.get(made.get_absolute_url())).count("https://news.example.test/rss") == 1
    assert "소식" in shown(browser.get(reverse("sources")))


def test_a_visit_shows_how_far_it_is_and_is_gone_on_with_by_its_button(
    browser, source, officer, now, parties
):
    visit = visits.visit(source, by=officer, at=now, bring=feed())
    html = shown(browser.get(visit.get_absolute_url()))
    assert "기사 1건 중 0건" in html
    assert browser.post(visit.get_absolute_url()).url == visit.get_absolute_url()
    run_waiting()
    html = shown(browser.get(visit.get_absolute_url()))
    assert "방문을 마쳤습니다" in html
    assert "새 기사 1" in shown(browser.get(source.get_absolute_url()))


def test_a_failed_visit_says_why_and_when_it_is_tried_again(browser, source, officer, now):
    visit = visits.visit(source, by=officer, at=now, bring=answer(status=503))
    html = shown(browser.get(visit.get_absolute_url()))
    assert "서버 응답 코드 503." in html
    assert "방문 실패 1회" in shown(browser.get(reverse("sources"), {"tab": "trouble"}))


def test_the_rule_for_bulk_is_an_approvers(signed_in, approver, person_with, province):
    boss = signed_in(person_with("approver", province.root))
    boss.post(reverse("trust"), {"minimum": "0.80", "kinds": ["commitment"]})
    row = Trust.objects.get()
    assert (str(row.minimum), row.kinds) == ("0.80", ["commitment"])


def counted(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_lists_ask_the_same_few_queries_at_1_3_and_50_rows(browser, take_in, parties):
    counts = {"articles": [], "sources": []}
    for number in range(1, 51):
        take_in("글", title=f"기사 {number}", address=f"https://news.example.test/{number}")
        if number in (1, 3, 50):
            for name, seen in counts.items():
                browser.get(reverse(name))
                seen.append(counted(browser, reverse(name)))
    for name, seen in counts.items():
        assert len(set(seen)) == 1, (name, seen)
        assert seen[0] <= 8, (name, seen)


def test_pages_of_one_record_stay_within_their_budget(browser, take_in, parties):
    article = take_in()
    for address in (
        page(article),
        reverse("article", args=[article.pk]),
        article.source.get_absolute_url(),
    ):
        browser.get(address)
        assert counted(browser, address) <= 15, address


ACTS = [
    "연수단을 초청",
    "도서를 기증",
    "사무소를 개설",
    "교사를 파견",
    "박람회를 개최",
    "조사단을 구성",
]


def test_the_review_asks_no_more_queries_for_more_facts(browser, take_in, parties):
    few = take_in()
    many = "\n\n".join(
        f"한결도는 오는 {month}월까지 다낭시 인민위원회 {act}하기로 했다."
        for month, act in enumerate(ACTS, start=5)
    )
    long = take_in(f"{stages.BODY}\n\n{many}", address="https://news.example.test/long")
    assert long.candidates.count() >= 7
    counts = []
    for article in (few, long):
        browser.get(page(article))
        counts.append(counted(browser, page(article)))
    assert counts[0] == counts[1] <= 15


def test_previous_and_next_walk_the_whole_queue(browser, take_in, parties):
    made = [
        take_in(address=f"https://news.example.test/{number}", published=when)
        for number, when in enumerate([stages.PUBLISHED, None, stages.PUBLISHED])
    ]
    walked, address = [], browser.get(reverse("review")).url
    while address:
        reply = browser.get(address)
        standing = reply.context["standing"]
        walked.append(reply.context["article"].pk)
        assert (standing.number, standing.count) == (len(walked), 3)
        assert standing.before == (walked[-2] if len(walked) > 1 else None)
        address = standing.after and reverse("review-article", args=[standing.after])
    assert walked == [made[2].pk, made[0].pk, made[1].pk]


def test_everything_is_said_in_english_too(signed_in, officer, article):
    html = shown(signed_in(officer, "en").get(page(article)))
    assert "Review what was read" in html
    assert "Is it signed?" in html


def test_an_article_without_facts_says_so(browser, take_in):
    html = shown(browser.get(page(take_in("오늘은 날씨가 맑다.", title="날씨"))))
    assert "이 기사에서 읽어 낸 사실이 없습니다" in html


def test_a_joint_promise_is_filled_in_before_it_is_accepted(browser, take_in, parties):
    article = take_in("이들은 올해 상반기에 담당자 합동 교육을 열기로 했다.", title="교육")
    one = fact(article, "commitment")
    html = shown(browser.get(page(article)))
    assert "채워서 받아들이기" in html
    assert browser.post(reverse("candidate-accept", args=[one.pk])).status_code == 422
    told = {"words": "합동 교육을 엽니다", "side": "joint", "due": "2025년 상반기"}
    browser.post(reverse("candidate-edit", args=[one.pk]), told)
    assert Commitment.objects.get().side == "joint"
