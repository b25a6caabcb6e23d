"""The office runs a panel by its pages: asked, given out, ranked, frozen, printed, decided."""

import io
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from panel_makers import NOW, SAID, application, call, judge, seat
from python_calamine import CalamineWorkbook

from gyoryu.accounts.models import User
from gyoryu.programmes.actions import panel, results, reviews
from gyoryu.programmes.models import Application, Call, Review, Sheet
from gyoryu.programmes.queries import ranking
from gyoryu.programmes.sheets import reviews as sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(province):
    """A call of two tracks with three applicants, judged by three members."""
    of = call(
        province.division, method="trimmed", panel_least=3, places=1,
        tracks=(("지정 과제", None), ("자유 과제", None)),
    )  # fmt: skip
    track = of.tracks.first()
    rows = [application(of, name=f"{name}팀", track=track) for name in ("가람", "나루", "다솜")]
    points = ((50, 35), (40, 35), (20, 30))
    for extra in (0, 1, 2):
        place = seat(of)
        for row, (first, second) in zip(rows, points, strict=True):
            judge(place, row, first + extra, second)
    return of, rows


def text(reply):
    return reply.content.decode()


def test_a_panel_is_asked_and_given_its_work_by_the_page(province, officer, signed_in) -> None:
    of, browser = call(province.division), signed_in(officer, "en")
    row = application(of)
    board = reverse("call-panel", args=[of.pk])
    assert "Nobody is on the panel yet" in text(browser.get(board))
    asked = reverse("seat-new", args=[of.pk])
    lacking = browser.post(asked, {"email": "new@example.test", "office": "한결대"})
    assert (lacking.status_code, "한결대" in text(lacking)) == (422, True)
    for name in ("one", "two"):
        form = {"email": f"{name}@example.test", "name_ko": f"위원 {name}", "office": "한결대"}
        assert browser.post(asked, form).url == board
    share = reverse("panel-share", args=[of.pk])
    wrong = browser.post(share, {"each": "3", "seed": "1"})
    assert (wrong.status_code, "only 2 members" in text(wrong)) == (422, True)
    browser.post(share, {"each": "1", "seed": "1"})
    review = Review.objects.get()
    other = of.panel.exclude(pk=review.seat_id).get()
    browser.post(reverse("review-assign", args=[row.pk]), {"seat": other.pk})
    browser.post(reverse("review-take-back", args=[review.pk]))
    assert list(Review.objects.values_list("seat", flat=True)) == [other.pk]
    browser.post(reverse("review-recuse", args=[Review.objects.get().pk]), {"reason": "친족"})
    assert "친족" in text(browser.get(reverse("application-reviews", args=[row.pk])))
    browser.post(reverse("seat-leave", args=[other.pk]), {"reason": "사임"})
    assert "사임" in text(browser.get(board))
    assert browser.get(f"{board}?export=xlsx").status_code == 200
    assert User.objects.filter(email__endswith="@example.test", memberships=None).count() == 2


def test_a_ranking_is_shown_frozen_printed_and_decided(
    judged, officer, approver, signed_in
) -> None:
    of, rows = judged
    browser, page = signed_in(officer, "en"), reverse("call-ranking", args=[of.pk])
    shown = text(browser.get(page))
    # 85, 86, 87 without the highest and the lowest: 86 over 1.
    assert all(
        one in shown for one in ("가람팀", "(highest)", "(lowest)", "86 ÷ 1", "Reserve list")
    )
    assert browser.post(reverse("ranking-decide", args=[of.pk])).status_code == 403
    assert browser.post(reverse("ranking-freeze", args=[of.pk])).url == page
    sheet = Sheet.objects.get()
    assert sheet.digest in text(browser.get(page))
    book = browser.get(reverse("sheet-xlsx", args=[sheet.pk])).content
    table = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert table[0][:5] == ["Rank", "Application", "Applicant", "Track", "Member 1"]
    assert table[1] == [
        1, rows[0].number, "가람팀", "지정 과제", 85, 86, 87, 86, 1, 86, 2, "To be selected", "",
    ]  # fmt: skip
    pdf = browser.get(reverse("sheet-pdf", args=[sheet.pk]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    told = browser.get(reverse("sheet-json", args=[sheet.pk]))
    assert told.content.decode() == sheet.text
    review = Review.objects.filter(application=rows[1]).first()
    browser.post(reverse("review-reopen", args=[review.pk]), {"reason": "행을 잘못 보았음"})
    changed = text(browser.get(page))
    assert ("Changed since the sheet was frozen" in changed, "나루팀" in changed) == (True, True)
    points = {one.criterion_id: one.points for one in review.scores.all()}
    reviews.submit(review, points, "", **SAID)
    assert "Changed since the sheet was frozen" not in text(browser.get(page))
    decided = signed_in(approver, "en").post(reverse("ranking-decide", args=[of.pk]))
    assert decided.url == page
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == ["selected", "reserve", "rejected"]


def test_a_kept_ranking_is_the_one_worked_out_after_every_change(judged) -> None:
    of, rows = judged
    review = Review.objects.filter(application=rows[0]).first()
    points = {one.criterion_id: one.points for one in review.scores.all()}
    later = {"by": None, "at": SAID["at"] + timedelta(minutes=1)}
    steps = [
        lambda: reviews.reopen(review, reason="다시", **SAID),
        lambda: reviews.submit(review, dict.fromkeys(points, Decimal(1)), "", **later),
        lambda: reviews.declare(review, "recused", "친척", **SAID),
        lambda: Call.objects.filter(pk=of.pk).update(threshold=99),
        lambda: Application.objects.filter(pk=rows[1].pk).update(status="withdrawn"),
    ]
    seen = []
    for step in [lambda: None, *steps]:
        step()
        fresh = Call.objects.get(pk=of.pk)
        drawn = sheets.drawn(fresh, None)
        assert drawn is sheets.drawn(fresh, None)
        assert drawn.ranking == ranking.standing(fresh).ranking
        seen.append(drawn.ranking.lines)
    assert all(one != other for one, other in pairwise(seen))
    for n in range(sheets.MOST_KEPT + 2):
        sheets.drawn(
            Call.objects.get(pk=of.pk), Sheet(pk=n + 1, text=sheets.text(ranking.standing(of)))
        )
    assert len(sheets.kept) == sheets.MOST_KEPT


def test_long_boards_have_pages(judged, officer, signed_in, monkeypatch) -> None:
    from gyoryu.programmes import views

    monkeypatch.setattr(views.panel, "SHOWN", 2)
    monkeypatch.setattr(views.ranking, "SHOWN", 2)
    of, rows = judged
    for name in ("call-panel", "call-ranking"):
        page = reverse(name, args=[of.pk])
        first, second = (
            text(signed_in(officer, "en").get(f"{page}{one}")) for one in ("", "?from=2")
        )
        assert ("1–2 of 3" in first, "3–3 of 3" in second) == (True, True)
        shown = [[row.number in one for row in rows] for one in (first, second)]
        assert [sum(one) for one in shown] == [2, 1]
        assert "1–2 of 3" in text(signed_in(officer, "en").get(f"{page}?from=99"))


def test_a_tie_at_the_edge_is_chosen_on_the_page(province, approver, signed_in) -> None:
    of = call(province.division, tie="shared", places=1)
    rows = [application(of, name=name) for name in ("가람팀", "나루팀")]
    for place in (seat(of), seat(of)):
        for row in rows:
            judge(place, row, 40, 40)
    browser, page = signed_in(approver, "en"), reverse("ranking-freeze", args=[of.pk])
    assert "나루팀" in text(browser.get(page))
    open_still = browser.post(page, {"why_chosen": "first time"})
    assert (open_still.status_code, "choose 1 more" in text(open_still)) == (422, True)
    browser.post(page, {"chosen": [rows[1].pk], "why_chosen": "first time"})
    browser.post(reverse("ranking-decide", args=[of.pk]))
    rows[1].refresh_from_db()
    assert rows[1].status == "selected"


def test_what_a_panel_does_is_not_for_every_reader(
    judged, person_with, province, signed_in
) -> None:
    of, rows = judged
    sheet = results.freeze(of, **SAID)
    places = [
        reverse("call-panel", args=[of.pk]),
        reverse("call-ranking", args=[of.pk]),
        reverse("application-reviews", args=[rows[0].pk]),
        reverse("sheet-json", args=[sheet.pk]),
    ]
    viewer, elsewhere = person_with("viewer"), person_with("officer", unit=province.other)
    assert [signed_in(viewer).get(one).status_code for one in places] == [403] * 4
    assert [signed_in(elsewhere).get(one).status_code for one in places] == [404] * 4


def test_the_pages_of_a_panel_ask_little(
    judged, officer, signed_in, django_assert_max_num_queries
) -> None:
    of, rows = judged
    panel.assign(seat(of), rows[0], by=officer, at=NOW)
    browser = signed_in(officer)
    for name, pk in (
        ("call-panel", of.pk),
        ("call-ranking", of.pk),
        ("application-reviews", rows[0].pk),
    ):
        with django_assert_max_num_queries(15):
            browser.get(reverse(name, args=[pk]))
