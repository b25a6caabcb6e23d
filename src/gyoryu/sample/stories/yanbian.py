"""Yanbian: a memorandum signed by video with a bureau, a zone and a company."""

from gyoryu.agreements.actions import agreements
from gyoryu.agreements.models import Area
from gyoryu.sample.book import Book, at, place


def tell(book: Book) -> str:
    """Enter the memorandum, its signatories and what both sides said they would do."""
    memorandum = book.draft(
        "2025-02-17",
        {
            "kind": "mou",
            "title_ko": "경기도–옌볜 경제통상 업무협약",
            "title_en": "Gyeonggi–Yanbian memorandum on trade",
            "partner_region": place("CN-JL"),
            "areas": list(Area.objects.filter(name_ko__in=["통상", "기업 교류"])),
        },
        ["gbsa", "yb-com", "yj-zone", "jl-trade"],
    )
    parties = {party.organisation_id: party for party in memorandum.parties.all()}
    for key, of, title in (("yb-dir", "yb-com", "국장"), ("jl-ceo", "jl-trade", "총경리")):
        agreements.add_signatory(
            parties[book.parties[of].pk],
            book.persons[key],
            title=title,
            by=book.officer,
            at=at("2025-02-27"),
        )
    book.sign(memorandum, "2025-02-27", place_code="KR-41", method="video")
    meeting = book.engagement(
        "2025-02-27",
        {
            "kind": "video_conference",
            "mode": "video",
            "title_ko": "옌볜 경제통상 업무협약 화상 서명식",
            "title_en": "Video signing of the Yanbian memorandum",
            "agreements": [memorandum],
        },
    )
    book.people_at(meeting, "theirs", "yb-com", 5, ("yb-dir", "국장"))
    for words, side, due in (
        ("경기도 기업의 소비재를 옌지에서 선보일 자리를 마련하겠습니다", "theirs", "2025-09"),
        ("참가할 도내 기업을 추려 명단을 보내겠습니다", "ours", "2025-03-25"),
    ):
        book.promise(
            "2025-02-27",
            words,
            side,
            due,
            agreement=memorandum,
            engagement=meeting,
            organisation=book.parties["yb-com"],
        )
    return "Yanbian: a memorandum signed by video, and what was promised"
