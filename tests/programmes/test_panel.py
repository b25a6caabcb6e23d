"""A panel judges: seats, assignments, conflicts of interest, locked reviews, and a frozen sheet."""

import json
from datetime import timedelta
from decimal import Decimal as D

import pytest
from panel_makers import (
    NOW,
    SAID,
    TODAY,
    application,
    call,
    judge,
    keys,
    programme,
    reviewer,
    seat,
)

from gyoryu.accounts.models import User
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.programmes.actions import panel, results, reviews
from gyoryu.programmes.models import Call, Member, Representative, Review, Score
from gyoryu.programmes.queries import ranking
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.sheets import reviews as sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def one(province):
    return call(province.division)


def lines(of):
    found = ranking.standing(of)
    return [(row.name, line.place.value, line.rank, line.score) for line, row in found.lines]


def test_somebody_from_outside_gets_an_account_without_a_role_and_a_letter(one, officer) -> None:
    place = panel.invite(
        one, "Prof@Example.test", {"name_ko": "한교수"}, office="한결대", by=officer, at=NOW
    )
    user = User.objects.get(email__iexact="prof@example.test")
    assert (place.user, place.office, user.memberships.count()) == (user, "한결대", 0)
    letter = Letter.objects.get(to=user)
    assert (letter.link, "prof@example.test" in letter.body.lower()) == ("/my/reviews/", True)
    with pytest.raises(Refused, match="on the panel already"):
        panel.invite(one, user.email, {}, by=officer, at=NOW)


def test_who_applies_does_not_judge_and_who_left_may_come_back(one) -> None:
    user = reviewer()
    row = application(one, applicant=user)
    with pytest.raises(Refused, match="applies to this very call"):
        seat(one, user=user)
    row.status = "withdrawn"
    row.save()
    place = seat(one, user=user)
    panel.leave(place, "ill", on=TODAY, **SAID)
    again = seat(one, user=user)
    assert (again.pk, again.left_on) == (place.pk, None)


def test_criteria_that_do_not_come_to_100_are_not_judged_by(province) -> None:
    odd = call(province.division, points=(50, 40))
    with pytest.raises(Refused, match="come to 90 points"):
        seat(odd)


def test_a_blind_call_refuses_who_can_see_the_applicants(province, officer, person_with) -> None:
    blind = call(province.division, blind=True)
    for role in ("viewer", "officer", "press", "auditor"):
        with pytest.raises(Refused, match="judged blind"):
            seat(blind, user=person_with(role))
    elsewhere = person_with("officer", unit=province.other)
    assert seat(blind, user=elsewhere).user == elsewhere
    person = reviewer()
    review = panel.assign(seat(blind, user=person), application(blind), **SAID)
    # A role that is given later shuts the way as well.
    person.memberships.create(unit=province.division, role="viewer")
    with pytest.raises(NotAllowed, match="role now shows who applies"):
        reviews.declare(review, "none", by=User.objects.get(pk=person.pk), at=NOW)


def test_applications_are_given_out_evenly_and_come_into_review(one) -> None:
    rows = [application(one, name=f"팀 {n}") for n in range(6)]
    places = [seat(one) for _n in range(3)]
    assert panel.distribute(one, 2, 1, **SAID) == 12
    assert panel.distribute(one, 2, 2, **SAID) == 0
    assert [one.n_given for one in queries.seats(one)] == [4, 4, 4]
    for row in rows:
        row.refresh_from_db()
        assert (row.status, row.steps.count()) == ("in_review", 1)
    with pytest.raises(Refused, match="only 3 members"):
        panel.distribute(one, 4, 1, **SAID)
    # Who leaves without having begun hands the work to the others.
    panel.leave(places[0], "ill", on=TODAY, **SAID)
    assert panel.distribute(one, 2, 1, **SAID) == 4


def test_known_conflicts_are_suggested_and_kept_out(one, province) -> None:
    from gyoryu.parties.models import Organisation

    company = Organisation.objects.create(unit=province.division, kind="company", name_ko="가온텍")
    first, second = application(one, organisation=company), application(one, name="도시 팀")
    Member.objects.create(application=second, name="김도연", office="한결대 행정학과")
    acts, comes = seat(one), seat(one, office="한결대 행정학과 ")
    Representative.objects.create(user=acts.user, organisation=company, since=TODAY)
    known = queries.known_conflicts(one, [first, second])
    assert known == {
        (acts.pk, first.pk): "Acts for this applicant",
        (comes.pk, second.pk): "Comes from the same organisation or office",
    }
    panel.distribute(one, 2, 1, **SAID)
    assert set(Review.objects.values_list("seat", "application")) == {
        (comes.pk, first.pk),
        (acts.pk, second.pk),
    }


def test_nothing_is_scored_before_the_declaration_nor_after_a_recusal(one) -> None:
    place = seat(one)
    review = panel.assign(place, application(one), **SAID)
    points = dict(zip(keys(one), [D(50), D(30)], strict=True))
    with pytest.raises(Refused, match="Declare first"):
        reviews.score(review, points, "", by=place.user, at=NOW)
    with pytest.raises(Refused, match="what the conflict is"):
        reviews.declare(review, "recused", " ", by=place.user, at=NOW)
    with pytest.raises(NotAllowed, match="somebody else"):
        reviews.submit(review, points, "", by=reviewer(), at=NOW)
    reviews.declare(review, "recused", "my former firm", by=place.user, at=NOW)
    with pytest.raises(Refused, match="recused yourself"):
        reviews.score(review, points, "", by=place.user, at=NOW)


def test_points_are_kept_as_they_come_and_locked_when_handed_in(one, officer) -> None:
    place = seat(one)
    review = panel.assign(place, application(one), **SAID)
    first, second = keys(one)
    me = {"by": place.user, "at": NOW}
    reviews.declare(review, "none", **me)
    reviews.score(review, {first: D("51.5"), second: None}, "good", **me)
    assert list(Score.objects.values_list("criterion", "points")) == [(first, D("51.5"))]
    for wrong, told in ((D("60.01"), "0 to 60"), (D("-1"), "0 to 60"), (D("1.005"), "decimals")):
        with pytest.raises(Refused, match=told) as refused:
            reviews.score(review, {first: wrong}, "", **me)
        assert refused.value.field == f"points_{first}"
    with pytest.raises(Refused, match="missing") as refused:
        reviews.submit(review, {first: D(50), second: None}, "", **me)
    assert refused.value.field == f"points_{second}"
    done = reviews.submit(review, {first: D("51.5"), second: D(30)}, "good", **me)
    assert (done.total, done.submitted_at) == (D("81.5"), NOW)
    with pytest.raises(Refused, match="handed in"):
        reviews.score(review, {first: D(1)}, "", **me)
    with pytest.raises(Refused, match="why"):
        reviews.reopen(review, "", by=officer, at=NOW)
    again = reviews.reopen(review, "typed into the wrong row", by=officer, at=NOW)
    assert (again.total, again.submitted_at) == (None, None)
    reviews.submit(again, {first: D(40), second: D(30)}, "good", **me)
    remark = Entry.objects.filter(verb="review.submitted").first().changes
    assert remark == {"total": [None, "70"]}


def test_a_recusal_after_scoring_works_the_ranking_out_anew(one) -> None:
    first, second = application(one, name="가"), application(one, name="나")
    a, b, c = (seat(one) for _n in range(3))
    for place, of_first, of_second in ((a, (50, 30), (40, 40)), (b, (50, 30), (40, 40))):
        judge(place, first, *of_first)
        judge(place, second, *of_second)
    last = judge(c, first, 20, 30)
    judge(c, second, 40, 40)
    # First: 80 80 50 -> 70; second: 80 80 80 -> 80.
    assert lines(one) == [("나", "selected", 1, D("80.0000")), ("가", "selected", 2, D("70.0000"))]
    reviews.declare(last, "recused", "the office found a tie", **SAID)
    # Equal at 80 now: the first criterion decides, 50 against 40.
    assert lines(one) == [("가", "selected", 1, D("80.0000")), ("나", "selected", 2, D("80.0000"))]
    assert Score.objects.filter(review=last).count() == 2


def panelled(unit, **fields):
    """A call with two places and three applicants who are judged by two members."""
    of = call(unit, **fields)
    rows = [application(of, name=name) for name in ("가", "나", "다")]
    for place in (seat(of), seat(of)):
        for row, points in zip(rows, ((50, 35), (40, 35), (20, 30)), strict=True):
            judge(place, row, *points)
    return of, rows


def test_a_sheet_is_frozen_once_and_anew_with_a_reason_only(province, approver) -> None:
    of, rows = panelled(province.division)
    sheet = results.freeze(of, by=approver, at=NOW)
    assert sheet.digest == sheets.digest(sheet.text)
    told = json.loads(sheet.text)["applications"]
    assert [(row["name"], row["score"], row["place"]) for row in told] == [
        ("가", "85", "selected"), ("나", "75", "selected"), ("다", "50", "below"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="Nothing has changed"):
        results.freeze(of, reason="again", by=approver, at=NOW)
    review = Review.objects.filter(application=rows[1]).first()
    reviews.reopen(review, "wrong row", **SAID)
    reviews.submit(review, dict(zip(keys(of), [D(60), D(38)], strict=True)), "", **SAID)
    now = sheets.text(ranking.standing(of))
    # The second has more points now, and the first is second for it.
    assert [
        (one.name, one.before["score"], one.before["rank"], one.after["score"], one.after["rank"])
        for one in sheets.changes(sheet, now)
    ] == [("가", "85", 1, "85", 2), ("나", "75", 2, "86.5", 1)]
    with pytest.raises(Refused, match="changed since the sheet was frozen"):
        results.decide(of, by=approver, at=NOW)
    with pytest.raises(Refused, match="why the sheet is frozen anew"):
        results.freeze(of, by=approver, at=NOW)
    second = results.freeze(of, reason="one review was corrected", by=approver, at=NOW)
    assert (second.version, second.reason) == (2, "one review was corrected")


def test_the_decision_says_of_each_what_the_sheet_says(province, officer, approver) -> None:
    of, rows = panelled(province.division, places=1)
    with pytest.raises(Refused, match="Freeze the score sheet first"):
        results.decide(of, by=approver, at=NOW)
    results.freeze(of, by=officer, at=NOW)
    with pytest.raises(NotAllowed):
        results.decide(of, by=officer, at=NOW)
    assert results.decide(of, by=approver, at=NOW) == {
        "selected": 1, "reserve": 1, "rejected": 1,
    }  # fmt: skip
    for row in rows:
        row.refresh_from_db()
    assert [(row.status, row.score, row.rank) for row in rows] == [
        ("selected", D("85.0000"), 1),
        ("reserve", D("75.0000"), 1),
        ("rejected", D("50.0000"), 3),
    ]
    of.refresh_from_db()
    assert of.state == "decided"
    with pytest.raises(Refused, match="closed"):
        reviews.reopen(Review.objects.first(), "too late", **SAID)
    # What was decided still stands as it was frozen.
    assert sheets.same(of.sheets.first(), sheets.text(ranking.standing(of)))


def test_a_tie_at_the_last_place_waits_for_a_choice_with_its_reason(province, approver) -> None:
    of = call(province.division, tie="shared", places=1)
    rows = [application(of, name=name) for name in ("가", "나")]
    for place in (seat(of), seat(of)):
        for row in rows:
            judge(place, row, 40, 40)
    with pytest.raises(Refused, match="choose 1 more applicant"):
        results.freeze(of, by=approver, at=NOW)
    both = [row.pk for row in rows]
    with pytest.raises(Refused, match="More are chosen"):
        results.freeze(of, chosen=both, why_chosen="x", by=approver, at=NOW)
    with pytest.raises(Refused, match="by what the tie was decided"):
        results.freeze(of, chosen=[both[1]], by=approver, at=NOW)
    results.freeze(of, chosen=[both[1]], why_chosen="first time applicant", by=approver, at=NOW)
    results.decide(of, by=approver, at=NOW)
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == ["reserve", "selected"]


def test_who_lacks_reviews_keeps_the_whole_from_being_decided(province, approver) -> None:
    of, _rows = panelled(province.division)
    application(of, name="라")
    results.freeze(of, by=approver, at=NOW)
    with pytest.raises(Refused, match="1 applicant has too few reviews"):
        results.decide(of, by=approver, at=NOW)


def test_reminders_go_to_who_has_something_left_once_a_day(one) -> None:
    row = application(one)
    done, waits = seat(one), seat(one)
    judge(done, row, 50, 30)
    panel.assign(waits, row, **SAID)
    assert panel.remind(one, on=TODAY, **SAID) == 1
    assert panel.remind(one, on=TODAY, **SAID) == 0
    panel.remind(one, on=TODAY + timedelta(days=1), **SAID)
    keys_of = Letter.objects.filter(key__startswith="reviews:").values_list("to", "key")
    assert sorted(keys_of) == [
        (waits.user_id, f"reviews:{waits.pk}:2025-04-01"),
        (waits.user_id, f"reviews:{waits.pk}:2025-04-02"),
    ]


def test_on_mondays_the_clock_reminds_each_of_them_once(one) -> None:
    monday = TODAY + timedelta(days=6)
    row = application(one)
    done, waits, pressed = seat(one), seat(one), seat(one)
    judge(done, row, 50, 30)
    panel.assign(waits, row, **SAID)
    told = [panel.remind_all(on=monday + timedelta(days=n), **SAID) for n in (-1, 0, 0, 1)]
    assert told == [0, 1, 0, 0]
    panel.assign(pressed, row, **SAID)
    # Who is behind only now gets a letter by the button; who has one of today gets no second.
    assert panel.remind(one, on=monday, **SAID) == 1
    assert panel.remind_all(on=monday, **SAID) == 0
    Call.objects.filter(pk=one.pk).update(state="cancelled", state_reason="x")
    assert panel.remind_all(on=monday + timedelta(days=7), **SAID) == 0
    keys = Letter.objects.filter(key__startswith="reviews:").values_list("key", flat=True)
    assert sorted(keys) == sorted(f"reviews:{who.pk}:{monday}" for who in (waits, pressed))


def test_ranking_asks_as_little_for_many_as_for_few(province, django_assert_num_queries) -> None:
    few, _rows = panelled(province.division)
    many = call(
        province.division, number="CL-2025-0002",
        programme=programme(province.division, number="PG-2025-0002"),
    )  # fmt: skip
    places = [seat(many) for _n in range(3)]
    for n in range(12):
        row = application(many, name=f"팀 {n}")
        for place in places:
            judge(place, row, 40 + n, 30)
    for of in (few, many):
        with django_assert_num_queries(5):
            ranking.standing(of)
