"""Wishes come in as a spreadsheet, are compared with what was said, and can be undone."""

from datetime import timedelta

import pytest
import trade_makers as make
from django.urls import reverse
from django.utils.translation import override
from tests.imports.sheets import errors, saved, taken, workbook

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches
from gyoryu.trade.actions import wishes
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Wish
from gyoryu.web.templatetags.history import changed

pytestmark = pytest.mark.django_db
HEAD = ["신청기업", "희망 상대", "점수", "오전/오후", "칸수"]
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def people(fair):
    """Two companies and two buyers by name; one wish was said already."""
    sellers = [make.exhibitor(fair, name) for name in ("해담식품", "바른두유")]
    buyers = [make.buyer(fair, name) for name in ("사이공푸드", "씨암마트")]
    found = {one.organisation.name_ko: one for one in (*sellers, *buyers)}
    wishes.keep(found["바른두유"], [Wanted(found["씨암마트"], 2, "morning", 2)], **make.SAID)
    return found


def read(province, officer, rows, fair, at=LATER):
    return taken(province, officer, at, workbook([HEAD, *rows]), kind="wishes", event=fair.pk)


def said():
    rows = Wish.objects.order_by("pk").select_related("by__organisation", "to__organisation")
    return [
        (one.by.organisation.name_ko, one.to.organisation.name_ko, one.worth, one.part, one.slots)
        for one in rows
    ]


GOOD = [
    ["해담식품", "사이공푸드", 5, "오전", 2],
    ["사이공푸드", "해담식품 Co", "안 함", "", ""],
    ["바른두유", "씨암마트", 4, "", ""],
]


def test_wishes_are_compared_saved_and_taken_back(province, officer, fair, people) -> None:
    before = said()
    batch = read(province, officer, GOOD, fair)
    assert (batch.new, batch.changed, errors(batch)) == (2, 1, [])
    assert said() == before
    batch = saved(batch, officer, LATER)
    assert said() == [
        # An empty cell takes nothing back.
        ("바른두유", "씨암마트", 4, "morning", 2),
        ("해담식품", "사이공푸드", 5, "morning", 2),
        ("사이공푸드", "해담식품", 0, "any", None),
    ]
    told = Entry.objects.filter(verb="participant.wished", reason__startswith="list.xlsx")
    assert [one.changes for one in told.order_by("pk")] == [
        {str(people["사이공푸드"]): [None, "5 morning ×2"]},
        {str(people["해담식품"]): [None, "0"]},
        {str(people["씨암마트"]): ["2 morning ×2", "4 morning ×2"]},
    ]
    again = read(province, officer, GOOD, fair)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    batches.undo(batch, by=officer, at=LATER + timedelta(hours=1))
    assert said() == before


def test_a_change_of_wishes_is_told_in_the_readers_words(people) -> None:
    company, buyer = people["바른두유"], people["씨암마트"]
    told: dict[str, list[tuple[str, str]]] = {"ko": [], "en": []}
    for worth, part, slots in ((5, "any", 1), (0, "any", None), (3, "afternoon", None)):
        wishes.keep(company, [Wanted(buyer, worth, part, slots)], **make.SAID)
    wishes.keep(company, [Wanted(buyer, None)], **make.SAID)
    for entry in Entry.objects.filter(verb="participant.wished").order_by("pk"):
        for language, lines in told.items():
            with override(language):
                lines += [(one.before, one.after) for one in changed(entry)]
    ko = ["2 / 5 · 오전만 · 2개 시간대", "5 / 5 · 1개 시간대", "만나지 않음", "3 / 5 · 오후만"]
    en = ["2 / 5 · Mornings only · 2 slots", "5 / 5 · 1 slot", "Never", "3 / 5 · Afternoons only"]
    assert told == {
        "ko": list(zip(["", *ko], [*ko, ""], strict=True)),
        "en": list(zip(["", *en], [*en, ""], strict=True)),
    }


def test_what_was_said_again_since_is_not_taken_back(province, officer, fair, people) -> None:
    batch = saved(read(province, officer, GOOD, fair), officer, LATER)
    later = {"by": None, "at": LATER + timedelta(minutes=5)}
    wishes.keep(people["해담식품"], [Wanted(people["사이공푸드"], 3)], **later)
    wishes.keep(people["사이공푸드"], [Wanted(people["해담식품"], None)], **later)
    now = said()
    with pytest.raises(Refused, match=r"(?s)해담식품 → 사이공푸드.*사이공푸드 → 해담식품"):
        batches.undo(batch, by=officer, at=LATER + timedelta(hours=1))
    assert said() == now


def test_each_wrong_cell_says_why_and_keeps_the_sheet_out(province, officer, fair, people) -> None:
    rows = [
        ["해담식품", "없는상사", 5, "", ""],
        ["해담식품", "바른두유", 5, "", ""],
        ["해담식품", "씨암마트", 9, "저녁", "많이"],
        ["해담식품", "사이공푸드", "안 함", "", 2],
        ["해담식품", "사이공푸드", 3, "", 99],
        ["씨암마트", "해담식품", 3, "", ""],
        ["씨암마트", "해담식품", 4, "", ""],
    ]
    batch = read(province, officer, rows, fair)
    assert [one[:2] for one in errors(batch)] == [
        (2, "to"), (3, "to"), (4, "worth"), (4, "part"), (4, "slots"), (5, "slots"), (6, "slots"),
        (8, "to"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        batches.begin(batch, "saving", by=officer, at=LATER)
    kept = saved(batch, officer, LATER, only_good=True)
    assert (kept.new, len(said())) == (1, 2)


def test_an_event_is_chosen_and_the_page_leads_to_its_wishes(
    province, officer, signed_in, fair, people
) -> None:
    unchosen = taken(province, officer, LATER, workbook([HEAD, *GOOD]), kind="wishes")
    assert {one[0] for one in errors(unchosen)} == {2, 3, 4}
    batch = saved(read(province, officer, GOOD, fair), officer, LATER)
    browser = signed_in(officer, "en")
    page = browser.get(reverse("import", args=[batch.pk])).content.decode()
    assert reverse("wishes", args=[fair.pk]) in page
    listed = browser.get(reverse("wishes", args=[fair.pk])).content.decode()
    assert f"{reverse('import-new')}?kind=wishes" in listed
    for kind in ("wishes", "deals"):
        sheet = browser.get(reverse("import-template", args=[kind]))
        assert sheet.status_code == 200
