"""What accepting made stays true: sessions, loosened articles, merged people, two at once."""

from threading import Barrier, Thread

import newsroom_stages as stages
import pytest
from django.db import connection, connections

from gyoryu.agreements.actions import agreements, bodies
from gyoryu.agreements.models import Agreement, Engagement
from gyoryu.base.periods import parse
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.evidence.models import Document
from gyoryu.newsroom.actions import deciding
from gyoryu.newsroom.models import Candidate
from gyoryu.newsroom.queries import proposals
from gyoryu.parties.actions import merging
from gyoryu.parties.models import Person

pytestmark = pytest.mark.django_db
SESSION = "한결도는 지난 20일 다낭시 인민위원회와 제2차 공동협의회를 열었다."


def fact(article, kind):
    return article.candidates.get(kind=kind, state="waiting")


@pytest.fixture
def body(province, parties, officer, now):
    values = {
        "kind": "mou",
        "title_ko": "다낭 업무협약",
        "parties": [(parties["ours"], "ours"), (parties["theirs"], "theirs")],
    }
    agreement = agreements.draft(province.division, values, by=officer, at=now)
    agreements.sign(agreement, signed=parse("2024-03-20"), by=officer, at=now)
    values = {"name_ko": "한결도–다낭시 공동협의체", "cadence_months": 12, "owner": officer}
    return bodies.found(agreement, values, by=officer, at=now)


def test_a_consultative_meeting_is_a_session_of_its_body(take_in, body, parties, officer, now):
    one = fact(take_in(SESSION, title="협의회"), "engagement")
    assert proposals.of(one)["body"] == body
    deciding.accept(one, by=officer, at=now)
    made = Engagement.objects.get()
    assert (made.kind, made.body, made.session_number) == ("session", body, 1)
    assert made.title_ko == "제1차 한결도–다낭시 공동협의체"
    assert [one.organisation for one in made.delegations.all()] == [parties["theirs"]]
    body.refresh_from_db()
    assert body.next_due_on == parse("2026-03-20").first
    one.refresh_from_db()
    deciding.undo(one, by=officer, at=now)
    assert Engagement.objects.get().voided_at
    assert fact(one.article, "engagement") == one


def test_without_a_body_it_is_a_meeting_and_a_person_may_say_otherwise(
    take_in, parties, officer, now
):
    one = fact(take_in(SESSION, title="협의회"), "engagement")
    assert proposals.of(one)["body"] is None
    deciding.accept(one, by=officer, at=now)
    assert Engagement.objects.get().kind == "meeting"


def test_a_person_may_say_that_it_was_no_session(take_in, body, officer, now):
    one = fact(take_in(SESSION, title="협의회"), "engagement")
    deciding.accept(one, {"body": None}, by=officer, at=now)
    assert (Engagement.objects.get().kind, Engagement.objects.get().body) == ("meeting", None)


def test_undoing_loosens_the_article_and_voids_a_document_nothing_else_rests_on(
    take_in, parties, officer, now
):
    article = take_in()
    one = deciding.accept(fact(article, "agreement"), {"standing": "draft"}, by=officer, at=now)
    made = Agreement.objects.get()
    document = Document.objects.get()
    deciding.undo(one, by=officer, at=now)
    assert not document.ties.exists()
    document.refresh_from_db()
    assert document.voided_at
    assert not evidence.of_record(made).exists()


def test_an_article_stays_with_a_record_while_another_of_its_facts_rests_on_it(
    take_in, parties, officer, now
):
    article = take_in(f"{SESSION}\n\n{stages.MET}", title="협의회")
    first, second = article.candidates.filter(kind="engagement").order_by("start")
    deciding.accept(first, by=officer, at=now)
    made = Engagement.objects.get()
    second.refresh_from_db()
    assert (second.match, second.record) == ("same", made.pk)
    second = deciding.accept(second, by=officer, at=now)
    first.refresh_from_db()
    assert (first.undo["tied"], second.undo["tied"]) == (Document.objects.get().pk, None)
    deciding.undo(first, by=officer, at=now)
    assert evidence.of_record(made).count() == 1
    second.refresh_from_db()
    deciding.undo(second, by=officer, at=now)
    assert not evidence.of_record(made).exists()


def test_what_a_fact_made_moves_with_a_merge_and_comes_back(
    take_in, parties, officer, approver, now
):
    stages_of = stages.officeholder
    article = take_in("안세원 다낭대 총장은 “환영한다”고 말했다.", title="면담")
    one = deciding.accept(fact(article, "person"), by=officer, at=now)
    made = Person.objects.get()
    kept = stages_of(made.unit, parties["ours"], officer, now)
    merge = merging.merge(kept, made, reason="같은 사람", by=None, at=now)
    one.refresh_from_db()
    assert proposals.made_of(one) == kept
    merging.undo_merge(merge, by=None, at=now)
    one.refresh_from_db()
    assert proposals.made_of(one) == made


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer anyway")
def test_two_people_at_once_make_one_record(take_in, parties, officer, now):
    one = fact(take_in(), "agreement")
    start, told = Barrier(2), []

    def accept():
        row = Candidate.objects.get(pk=one.pk)
        start.wait()
        try:
            deciding.accept(row, {"standing": "draft"}, by=officer, at=now)
            told.append("made")
        except Refused:
            told.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["made", "refused"]
    assert Agreement.objects.count() == 1
    assert connection.vendor == "postgresql"
