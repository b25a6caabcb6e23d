"""Facts enter the register by a person's yes, never overwrite, and can be taken back."""

from decimal import Decimal

import newsroom_stages as stages
import pytest
from django.db import IntegrityError, transaction

from gyoryu.agreements.actions import agreements, commitments, engagements
from gyoryu.agreements.models import Agreement, Commitment, Engagement
from gyoryu.base.periods import Period, parse
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.history.models import Entry
from gyoryu.newsroom.actions import deciding, reading, sources
from gyoryu.newsroom.models import Candidate, Conflict
from gyoryu.newsroom.queries import articles as queries
from gyoryu.newsroom.queries import proposals
from gyoryu.parties.models import Organisation, Person
from gyoryu.programmes.models import Announcement, Programme

pytestmark = pytest.mark.django_db
SIGNED = {"standing": "signed"}


@pytest.fixture
def article(take_in, parties):
    return take_in()


def fact(article, kind):
    return article.candidates.get(kind=kind, state="waiting")


def drafted(unit, parties, by, at, signed="2025-03-24", kind="mou"):
    values = {
        "kind": kind,
        "title_ko": "다낭 업무협약",
        "parties": [(parties["ours"], "ours"), (parties["theirs"], "theirs")],
    }
    made = agreements.draft(unit, values, by=by, at=at)
    if signed:
        agreements.sign(made, signed=parse(signed), by=by, at=at)
    return made


def test_accepting_makes_the_record_with_its_source_and_the_article_as_evidence(
    article, parties, officer, now
):
    candidate = deciding.accept(
        fact(article, "agreement"), SIGNED, confirm_signed=True, by=officer, at=now
    )
    made = Agreement.objects.get()
    assert (made.kind, made.status, made.signed) == ("mou", "signed", parse("2025-03-24"))
    assert {(p.organisation, p.side) for p in made.parties.all()} == {
        (parties["ours"], "ours"),
        (parties["theirs"], "theirs"),
    }
    assert made.source == "read"
    assert stages.TITLE in made.source_note
    assert [one.link for one in evidence.of_record(made)] == [article.address]
    assert (candidate.state, candidate.decided_by, candidate.said_signed) == (
        "accepted",
        officer,
        True,
    )
    assert proposals.made_of(candidate) == made
    assert Entry.objects.filter(verb="candidate.accepted", by=officer).count() == 1


def test_signed_is_never_set_without_a_persons_yes(article, officer, now):
    candidate = fact(article, "agreement")
    for values, confirmed in (({}, False), ({"standing": ""}, True), (SIGNED, False)):
        with pytest.raises(Refused) as refusal:
            deciding.accept(candidate, values, confirm_signed=confirmed, by=officer, at=now)
        assert refusal.value.field == "standing"
    with pytest.raises(Refused):
        deciding.accept(candidate, SIGNED, confirm_signed=True, by=None, at=now)
    assert not Agreement.objects.exists()
    deciding.accept(candidate, {"standing": "draft"}, by=officer, at=now)
    assert Agreement.objects.get().status == "draft"


@pytest.mark.parametrize(
    "broken",
    [
        {"said_signed": True},
        {"state": "accepted"},
        {"state": "refused"},
        {"confidence": Decimal("1.01")},
        {"end": 0, "start": 5},
    ],
)
def test_the_database_keeps_the_promises_of_a_candidate(article, broken):
    rows = Candidate.objects.filter(pk=fact(article, "agreement").pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**broken)


def test_what_is_recorded_already_is_confirmed_not_made_again(
    article, province, parties, officer, now
):
    known = drafted(province.division, parties, officer, now)
    reading.match_again(article, by=officer)
    candidate = fact(article, "agreement")
    assert (candidate.match, candidate.record) == ("same", known.pk)
    deciding.accept(candidate, by=officer, at=now)
    assert Agreement.objects.count() == 1
    assert [one.link for one in evidence.of_record(known)] == [article.address]


def test_a_contradiction_shows_both_values_and_nothing_is_overwritten_unasked(
    article, province, parties, officer, now
):
    known = drafted(province.division, parties, officer, now, signed="2025-03-20")
    reading.match_again(article, by=officer)
    candidate = fact(article, "agreement")
    assert candidate.match == "contradiction"
    assert candidate.conflicts == [
        {"what": "signed", "one": "2025-03-24|2025-03-24|day", "other": "2025-03-20|2025-03-20|day"}
    ]
    with pytest.raises(Refused) as refusal:
        deciding.accept(candidate, by=officer, at=now)
    assert refusal.value.field == "resolve"
    known.refresh_from_db()
    assert known.signed == parse("2025-03-20")
    deciding.accept(candidate, {"resolve": "take"}, by=officer, at=now)
    known.refresh_from_db()
    assert known.signed == parse("2025-03-24")
    deciding.undo(candidate, by=officer, at=now)
    known.refresh_from_db()
    assert known.signed == parse("2025-03-20")


def test_the_record_may_be_kept_against_the_article(article, province, parties, officer, now):
    known = drafted(province.division, parties, officer, now, signed="2025-03-20")
    reading.match_again(article, by=officer)
    deciding.accept(fact(article, "agreement"), {"resolve": "keep"}, by=officer, at=now)
    known.refresh_from_db()
    assert known.signed == parse("2025-03-20")
    assert Agreement.objects.count() == 1


def test_a_fact_is_looked_at_again_when_the_register_moved_on(
    article, province, parties, officer, now
):
    candidate = fact(article, "agreement")
    drafted(province.division, parties, officer, now)
    with pytest.raises(Refused):
        deciding.accept(candidate, SIGNED, confirm_signed=True, by=officer, at=now)
    assert Agreement.objects.count() == 1


def test_undoing_voids_what_was_made_and_the_fact_waits_again(article, officer, now):
    candidate = deciding.accept(fact(article, "commitment"), by=officer, at=now)
    made = Commitment.objects.get()
    assert (made.side, made.due, made.owner) == ("ours", parse("2025-09"), officer)
    assert not evidence.has_evidence(made)
    deciding.undo(candidate, reason="잘못 읽음", by=officer, at=now)
    made.refresh_from_db()
    candidate.refresh_from_db()
    assert (made.voided_reason, candidate.state, candidate.made) == ("잘못 읽음", "waiting", None)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"candidate.undone", "commitment.voided"} <= verbs


def test_what_somebody_signed_is_an_approvers_to_undo(article, officer, approver, now):
    candidate = deciding.accept(
        fact(article, "agreement"), SIGNED, confirm_signed=True, by=officer, at=now
    )
    with pytest.raises(Refused):
        deciding.undo(candidate, by=officer, at=now)
    candidate.refresh_from_db()
    assert (candidate.state, Agreement.objects.get().voided_at) == ("accepted", None)
    deciding.undo(candidate, by=approver, at=now)
    assert Agreement.objects.get().voided_at is not None


def test_a_fact_is_decided_once(article, officer, now):
    candidate = fact(article, "commitment")
    deciding.accept(candidate, by=officer, at=now)
    with pytest.raises(Refused):
        deciding.accept(candidate, by=officer, at=now)
    with pytest.raises(Refused):
        deciding.refuse(candidate, reason="중복", by=officer, at=now)
    assert Commitment.objects.count() == 1


def test_turning_down_needs_a_reason_and_tells_the_register_nothing(article, officer, now):
    candidate = fact(article, "commitment")
    with pytest.raises(Refused) as refusal:
        deciding.refuse(candidate, reason=" ", by=officer, at=now)
    assert refusal.value.field == "reason"
    deciding.refuse(candidate, reason="약속이 아니라 계획", by=officer, at=now)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason) == ("refused", "약속이 아니라 계획")
    assert not Commitment.objects.exists()


def test_correcting_a_fact_is_noted_and_new_partners_are_added_only_when_asked(
    article, parties, officer, now
):
    values = {
        **proposals.of(fact(article, "agreement")),
        "standing": "draft",
        "title_ko": "스마트도시 업무협약",
        "theirs": [parties["theirs"]],
        "new_theirs": ["다낭시 정보통신국"],
    }
    candidate = deciding.accept(fact(article, "agreement"), values, by=officer, at=now)
    made = Agreement.objects.get()
    assert (candidate.state, made.title_ko) == ("edited", "스마트도시 업무협약")
    assert made.parties.filter(side="theirs").count() == 2
    assert Organisation.objects.get(name_ko="다낭시 정보통신국").source == "read"


def test_terms_of_support_are_noted_beside_the_books_of_a_chosen_programme(
    take_in, province, officer, now
):
    article = take_in(
        "한결도는 해외 전시회 참가 지원사업 예산 5억 원을 투입해 26개사에"
        " 기업당 최대 1,200만 원을 지원한다고 밝혔다.",
        title="해외 전시회 지원",
    )
    programme = Programme.objects.create(
        unit=province.division, number="PG-1", kind="support", name_ko="전시회 지원",
        first_year=2025, last_year=2025,
    )  # fmt: skip
    read = fact(article, "support")
    with pytest.raises(Refused) as refusal:
        deciding.accept(read, by=officer, at=now)
    assert refusal.value.field == "programme"
    candidate = deciding.accept(read, {"programme": programme}, by=officer, at=now)
    made = Announcement.objects.get()
    said = (made.programme, made.budget, made.ceiling, made.number, made.source)
    assert said == (programme, 500_000_000, 12_000_000, 26, "read")
    deciding.undo(candidate, by=officer, at=now)
    made.refresh_from_db()
    assert made.voided_at is not None


def test_a_letter_of_support_and_trade_results_wait_with_the_reason(take_in, parties, officer, now):
    article = take_in(
        "한결도 식품기업 14개사는 20일 다낭 수출상담회에서"
        " 바이어 31개사와 상담액 420만 달러를 기록했다.",
        title="다낭 수출상담회",
    )
    with pytest.raises(Refused, match=r"등급|grade"):
        deciding.accept(fact(article, "result"), by=officer, at=now)
    english = take_in(
        "Cisco Systems presented a letter of support to Hangyeol Province on March 24.",
        title="Cisco presents a letter of support",
        address="https://news.example.test/en/2",
        language="en",
    )
    with pytest.raises(Refused) as refusal:
        deciding.accept(fact(english, "agreement"), SIGNED, confirm_signed=True, by=officer, at=now)
    assert refusal.value.field == "kind"


def test_a_meeting_and_a_person_become_what_they_are(take_in, parties, officer, now, province):
    stages.officeholder(province.division, parties["ours"], officer, now)
    article = take_in(f"{stages.MET} 이 자리에는 윤해준 지사가 참석했다.", title="간담회")
    person = fact(article, "person")
    assert person.match == "same"
    deciding.accept(person, by=officer, at=now)
    assert Person.objects.count() == 1
    deciding.accept(fact(article, "engagement"), by=officer, at=now)
    made = Engagement.objects.get()
    assert (made.state, made.when) == ("held", Period.day(parse("2025-03-20").first))
    assert [one.organisation for one in made.delegations.all()] == [parties["theirs"]]


def test_a_promise_told_again_with_another_date_is_a_contradiction(
    take_in, parties, officer, now, province
):
    known = commitments.promise(
        province.division,
        {
            "words": stages.PROMISE.rstrip("."),
            "side": "ours",
            "owner": officer,
            "due": parse("2025-06"),
            "organisation": parties["theirs"],
        },
        by=officer,
        at=now,
    )
    candidate = fact(take_in(), "commitment")
    assert (candidate.match, candidate.record) == ("contradiction", known.pk)
    assert candidate.conflicts[0]["other"] == "2025-06-01|2025-06-30|month"


def test_bulk_follows_the_offices_rule_and_never_touches_an_agreement(
    article, parties, officer, approver, now, province
):
    waiting = queries.waiting(officer).select_related(
        "article__government", "article__source", "unit"
    )
    assert deciding.accept_certain(waiting, by=officer, at=now).accepted == 0
    with pytest.raises(Refused):
        sources.set_trust(province.root, Decimal("0.40"), ["commitment"], by=None, at=now)
    with pytest.raises(Refused):
        sources.set_trust(province.root, Decimal("0.90"), ["agreement"], by=None, at=now)
    sources.set_trust(province.root, Decimal("0.50"), ["commitment", "person"], by=None, at=now)
    bulk = deciding.accept_certain(waiting, by=officer, at=now)
    assert (bulk.accepted, bulk.left) == (1, 1)
    assert (Commitment.objects.count(), Agreement.objects.count()) == (1, 0)


def test_headline_against_text_is_kept_until_somebody_settles_it(take_in, parties, officer, now):
    article = take_in(
        f"{stages.SIGNED} 이날 서명한 문서는 업무협약 1건과 의향서 2건이다.",
        title="한결도, 다낭에서 업무협약 3건 체결",
    )
    conflict = article.conflicts.get()
    assert conflict.kind == "counts"
    assert conflict.rows == [
        {"what": "mou", "one": "3", "other": "1"},
        {"what": "loi", "one": "0", "other": "2"},
    ]
    with pytest.raises(Refused):
        deciding.settle(conflict, "title", by=officer, at=now)
    deciding.settle(conflict, "text", by=officer, at=now)
    assert Conflict.objects.get().decided_by == officer
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.update(decided_by=None)


def test_two_dates_for_one_act_and_last_years_figure_are_flagged(take_in, parties):
    article = take_in(
        "한결도와 다낭시 인민위원회는 2021년 6월 자매결연을 맺었다.\n\n"
        "두 지역은 2023년 9월 자매결연을 체결한 뒤 청소년을 교류해 왔다.",
        title="자매결연",
    )
    conflict = article.conflicts.get(kind="dates")
    assert conflict.rows == [{"what": "sisterhood", "one": "2021-06", "other": "2023-09"}]


def test_press_officers_turn_down_but_let_nothing_into_the_register(article, person_with, now):
    press = person_with("press")
    with pytest.raises(Refused):
        deciding.accept(fact(article, "commitment"), by=press, at=now)
    assert not Commitment.objects.exists()
    deciding.refuse(fact(article, "commitment"), reason="홍보 문구", by=press, at=now)


def test_an_engagement_that_was_planned_is_noted_as_held_only_when_asked(
    take_in, parties, officer, now, province
):
    planned = engagements.record(
        province.division,
        {
            "kind": "meeting",
            "title_ko": "간담회",
            "when": parse("2025-03-20"),
            "state": "planned",
            "organisation": parties["theirs"],
        },
        by=officer,
        at=now,
    )
    candidate = fact(take_in(stages.MET, title="간담회"), "engagement")
    assert (candidate.match, candidate.record) == ("update", planned.pk)
    deciding.accept(candidate, {"resolve": "take"}, by=officer, at=now)
    planned.refresh_from_db()
    assert planned.state == "held"


def test_asking_the_source_writes_to_its_press_officers_once(
    take_in, parties, officer, person_with, now, province
):
    press = person_with("press", province.root)
    article = take_in(f"{stages.SIGNED} 업무협약 1건이다.", title="업무협약 3건 체결")
    deciding.settle(article.conflicts.get(), "asked", by=officer, at=now)
    letter = press.letters.get()
    assert (letter.link, letter.body.splitlines()[-1]) == (
        article.get_absolute_url(),
        "업무협약: 3 / 1",
    )
