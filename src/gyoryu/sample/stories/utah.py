"""Gyeonggi and Utah: sisters since September 1983, an action plan in 2024, a tour in March 2025."""

from gyoryu.agreements.actions import engagements
from gyoryu.agreements.models import Area
from gyoryu.sample.book import Book, at, on, place

STOPS = [
    (
        {"name_ko": "김포 벼꽃농부", "name_en": "Byeokkot Nongbu, Gimpo"},
        5,
        "고추장과 비빔밥을 손수 만든 시간이 가장 기억에 남는다고 했다.",
    ),
    (
        {"name_ko": "애기봉평화생태공원", "name_en": "Aegibong Peace Ecological Park"},
        5,
        "접경지의 자연과 강 건너 풍경은 서울 상품에 없던 것이라 했다.",
    ),
]


def tell(book: Book) -> str:
    """Enter the sisterhood, the action plan that grew from it, and the tour that followed."""
    sisterhood = book.draft(
        "2025-01-02",
        {
            "kind": "sisterhood",
            "title_ko": "경기도–유타주 자매결연",
            "title_en": "Gyeonggi–Utah sisterhood",
            "partner_region": place("US-UT"),
        },
        ["gg", "ut"],
    )
    book.sign(sisterhood, "1983-09", place_code="KR-41", method="in_person")
    book.evaluated(sisterhood)
    plan = book.draft(
        "2025-01-02",
        {
            "kind": "action_plan",
            "title_ko": "경기–유타 실행계획",
            "title_en": "Gyeonggi–Utah Action Plan",
            "partner_region": place("US-UT"),
            "parent": sisterhood,
            "areas": list(Area.objects.filter(name_ko__in=["관광", "통상", "청소년 교류"])),
        },
        ["gg", "ut"],
    )
    book.sign(plan, "2024-09", place_code="KR-41", method="in_person")
    visit = book.engagement(
        "2024-09-26",
        {
            "kind": "visit",
            "title_ko": "유타 주지사 경기도 방문과 실행계획 서명",
            "title_en": "Visit of Utah's governor and signing of the action plan",
            "region": place("KR-41"),
            "initiative": "theirs",
            "agreements": [sisterhood, plan],
        },
    )
    book.people_at(visit, "ours", "gg", 8, ("governor", "지사"))
    book.people_at(visit, "theirs", "ut", 12, ("ut-gov", "주지사"), ("ut-dir", "국제통상국장"))
    tour = book.engagement(
        "2025-03-13",
        {
            "kind": "fam_tour",
            "title_ko": "델타항공 미국 영업팀 김포 팸투어",
            "title_en": "Familiarisation tour of Delta Air Lines' US sales team",
            "region": place("KR-41"),
            "venue": "김포시",
            "agreements": [plan],
            "follows": visit,
            "summary": "6월 12일 솔트레이크시티–인천 직항을 앞두고 열었다. 실행계획 서명 뒤 첫 후속 활동이다.",
            "outcomes": "서울만 알리던 판매 상품에 경기도를 넣어 권하겠다고 했다.",
        },
    )
    book.people_at(tour, "ours", "gto", 5, ("tour-dir", "관광산업과장"))
    book.people_at(tour, "theirs", "delta", 16, ("delta-head", "미주 영업부장"))
    for order, (stop, rating, feedback) in enumerate(STOPS, start=1):
        made = engagements.add_stop(
            tour,
            {**stop, "order": order, "on": on("2025-03-13")},
            by=book.officer,
            at=at("2025-03-13", 18),
        )
        engagements.give_feedback(
            made, rating=rating, feedback=feedback, by=book.officer, at=at("2025-03-13", 19)
        )
    book.promise(
        "2025-03-13",
        "직항 취항에 맞춘 경기도 방문 상품을 함께 만들겠습니다",
        "joint",
        "2025-06-12",
        agreement=plan,
        engagement=tour,
        organisation=book.parties["delta"],
    )
    kept = book.promise(
        "2024-09-26",
        "유타 쪽 항공·여행 관계자를 초청해 경기도를 보여 주겠습니다",
        "ours",
        "2025년 봄",
        agreement=plan,
        engagement=visit,
        organisation=book.parties["ut"],
    )
    book.keep(kept, "2025-03-13", "팸투어 결과 보고")
    return "Utah: a sisterhood of 1983, its action plan, a visit and a tour with feedback"
