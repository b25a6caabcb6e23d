"""At home: the memorandum of 7 March 2025 that joined the foreign residents' centres."""

import pytest

pytestmark = pytest.mark.django_db
CENTRES = [
    ("경기도외국인복지센터협의회", "Gyeonggi Foreign Residents' Centres Association"),
    ("수원시외국인복지센터", "Suwon Foreign Residents' Centre"),
    ("안산시외국인주민지원본부", "Ansan Foreign Residents' Office"),
    ("군포시이주와다문화센터", "Gunpo Migration and Family Centre"),
]


def tell(desk):
    """Drafted in February, reviewed, signed in March by everybody."""
    desk.on("2025-02-20")
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    centres = [desk.organisation("centre", ko, en, "KR-41") for ko, en in CENTRES]
    director = desk.person(
        ("차은결", "Cha Eungyeol"), ("이민사회국장", "Director General"), gyeonggi
    )
    made = desk.agreement(
        "mou",
        "경기도 외국인주민 지원기관 연계 업무협약",
        "Memorandum joining Gyeonggi's residents' support centres",
        gyeonggi,
        *centres,
        areas=["이민사회"],
    )
    desk.on("2025-02-28")
    reason = "법무 검토와 예산 검토를 마침"
    desk.post("agreement-move", made.pk, to="reviewed", on="2025-02-27", reason=reason)
    desk.on("2025-03-10")
    desk.signatory(made, gyeonggi, director, "이민사회국장")
    desk.sign(made, "2025-03-07", "2025-03-07", method="in_person", place="경기도")
    return made


@pytest.fixture
def memorandum(told):
    return told


def test_all_five_parties_stand_on_the_page_with_who_signed(desk, memorandum):
    named = [said for _, said in desk.read(memorandum).pairs("당사자")]
    assert [said.split()[0] for said in named] == ["경기도", *(ko for ko, _ in CENTRES)]
    assert [("차은결 이민사회국장" in said) for said in named] == [True] + [False] * 4


def test_the_ordinance_plans_what_the_memorandum_owes(desk, memorandum):
    owed = [
        (row[0].split(" 교류 조례")[0], row[1]) for row in desk.read(memorandum).table("의무사항")
    ]
    assert owed == [
        ("협약 대장 공표", "2025-04-05 (토)"),
        ("평가회의", "2026-03-07 (토)"),
        # A fortnight after the draft was begun, which was before the signing.
        ("사전검토", "2025-03-06 (목)"),
    ]


def test_the_review_is_noted_as_the_pre_review_done_in_time(desk, memorandum):
    review = desk.read(memorandum).table("의무사항")[-1]
    assert review[2] == "완료 2025-02-27"
    assert review[4] == "법무 검토와 예산 검토를 마침"


def test_publishing_the_register_settles_this_month_and_plans_the_next(desk, memorandum):
    desk.on("2025-04-03")
    desk.post(
        "duties-published",
        unit=str(memorandum.unit),
        on="2025-04-03",
        note="2025년 3월 대장, 누리집",
    )
    owed = {
        row[0].split(" 교류 조례")[0]: row[1] for row in desk.read(memorandum).table("의무사항")[:2]
    }
    assert owed == {"협약 대장 공표": "2025-05-05 (월)", "평가회의": "2026-03-07 (토)"}


def test_an_organisation_is_a_party_once_and_in_force_keeps_both_sides(desk, memorandum):
    again = desk.try_post("party-new", memorandum.pk, organisation=CENTRES[1][0], side="theirs")
    assert list(again) == ["organisation"]
    ours = desk.read(memorandum).context["parties"][0]
    page = desk.read("party-remove", ours.pk)
    assert "발효 중인 협약에는" in page, page.text
    assert desk.send_raw("party-remove", ours.pk).status_code == 422
    assert len(desk.read(memorandum).pairs("당사자")) == 5
