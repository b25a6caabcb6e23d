"""At home: what the province asked of the Ministry of Justice, and the centres that joined up."""

from gyoryu.agreements.actions import engagements
from gyoryu.agreements.models import Area
from gyoryu.base import periods
from gyoryu.sample.book import Book, at, place


def tell(book: Book) -> str:
    """Enter the request to the ministry and the memorandum of the residents' centres."""
    _ministry(book)
    _centres(book)
    return "At home: a request to the Ministry of Justice, a memorandum of residents' centres"


def _ministry(book: Book) -> None:
    letter = book.engagement(
        "2025-02-11",
        {
            "kind": "letter",
            "mode": "written",
            "title_ko": "미등록 아동 체류자격 부여 제도 연장 건의",
            "title_en": "Request to extend the residence scheme for undocumented children",
            "summary": "3월 31일에 끝나는 제도를 이어 가고 문턱을 낮춰 달라고 건의했다.",
        },
    )
    engagements.ask(
        letter,
        {
            "organisation": book.parties["moj"],
            "words": "2025년 3월 31일에 끝나는 제도를 상시로 바꾸고 요건을 완화해 주십시오.",
            "due": periods.parse("2025-03-31"),
        },
        by=book.officer,
        at=at("2025-02-11", 18),
    )


def _centres(book: Book) -> None:
    memorandum = book.draft(
        "2025-02-20",
        {
            "kind": "mou",
            "title_ko": "경기도 외국인주민 지원기관 연계 업무협약",
            "title_en": "Memorandum joining Gyeonggi's residents' support centres",
            "partner_region": place("KR-41"),
            "areas": list(Area.objects.filter(name_ko="이민사회")),
        },
        ["gg", "ggw", "suwon-c", "ansan-c", "gunpo-c"],
    )
    book.sign(memorandum, "2025-03-07", place_code="KR-41", method="in_person")
    ceremony = book.engagement(
        "2025-03-07",
        {
            "kind": "ceremony",
            "title_ko": "외국인주민 지원기관 연계 업무협약식",
            "title_en": "Signing of the memorandum of residents' support centres",
            "region": place("KR-41"),
            "agreements": [memorandum],
        },
    )
    book.people_at(ceremony, "ours", "gg", 6, ("imm-dir", "이민사회국장"))
    book.promise(
        "2025-03-07",
        "상담 사례를 서로 잇고 담당자 교육을 함께 열겠습니다",
        "joint",
        "2025년 상반기",
        agreement=memorandum,
        engagement=ceremony,
        organisation=book.parties["ggw"],
    )
