"""The United States in early 2025: the embassy, Alaska, a round table, and eleven letters."""

from gyoryu.agreements.actions import engagements
from gyoryu.agreements.models import Engagement
from gyoryu.base import periods
from gyoryu.sample.book import Book, at, on, place

STATES = [
    ("US-UT", "유타주", "State of Utah"),
    ("US-AK", "알래스카주", "State of Alaska"),
    ("US-VA", "버지니아주", "Commonwealth of Virginia"),
    ("US-MI", "미시간주", "State of Michigan"),
    ("US-FL", "플로리다주", "State of Florida"),
    ("US-CA", "캘리포니아주", "State of California"),
    ("US-TX", "텍사스주", "State of Texas"),
    ("US-AZ", "애리조나주", "State of Arizona"),
    ("US-GA", "조지아주", "State of Georgia"),
    ("US-WA", "워싱턴주", "State of Washington"),
]


def tell(book: Book) -> str:
    """Enter the chain of contacts with the embassy, the Alaska meeting, Cisco and the letters."""
    meeting = _embassy(book)
    _cisco(book)
    _alaska(book)
    _letters(book, meeting)
    return "United States: the embassy's chain, Alaska, a round table with Cisco, eleven letters"


def _embassy(book: Book) -> Engagement:
    letter = book.engagement(
        "2024-12-10",
        {
            "kind": "letter",
            "mode": "written",
            "title_ko": "해외 협력 상대에게 보낸 지사 서한",
            "title_en": "The governor's letter to partners abroad",
            "summary": "경기도의 행정과 투자 환경에 흔들림이 없음을 알렸다.",
        },
    )
    call = book.engagement(
        "2025-01-15",
        {
            "kind": "courtesy_call",
            "title_ko": "주한 미국대사관 공관차석 면담",
            "title_en": "Call on the deputy chief of mission of the US embassy",
            "region": place("KR-11"),
            "follows": letter,
        },
    )
    meeting = book.engagement(
        "2025-02-18",
        {
            "kind": "meeting",
            "title_ko": "주한 미국대사관 대사대리 면담",
            "title_en": "Meeting with the US chargé d'affaires",
            "region": place("KR-41"),
            "follows": call,
            "summary": "한미 관계와 통상 환경, 주 정부와의 교류를 두고 이야기했다.",
        },
    )
    book.people_at(meeting, "ours", "gg", 5, ("governor", "지사"))
    book.people_at(meeting, "theirs", "us-emb", 4, ("amb", "대사대리"))
    book.promise(
        "2025-02-18",
        "미국 주 정부와의 교류에 대사관이 다리를 놓겠습니다",
        "theirs",
        "2025년 상반기",
        engagement=meeting,
        organisation=book.parties["us-emb"],
    )
    return meeting


def _cisco(book: Book) -> None:
    table = book.engagement(
        "2025-02-26",
        {
            "kind": "roundtable",
            "title_ko": "시스코 AI·디지털 협력 라운드테이블",
            "title_en": "AI and digital co-operation round table with Cisco",
            "region": place("KR-11"),
            "venue": "시스코코리아",
            "summary": "인공지능 새싹기업을 키울 방안을 논의했다. 시스코가 지원 서한을 건넸다.",
            "outcomes": "창업 교육, 기술 협력, 전문가 상담, 해외 진출 지원을 제안받음. 협약은 아님",
        },
    )
    book.people_at(table, "ours", "gg", 4, ("ai-dir", "AI국장"))
    book.people_at(
        table,
        "theirs",
        "cisco",
        12,
        ("cisco-pres", "APJC 사장"),
        ("cisco-ceo", "시스코코리아 대표"),
    )
    book.document(table, "letter", "시스코 지원 서한", on("2025-02-26"))
    book.promise(
        "2025-02-26",
        "인공지능 새싹기업 교육과 전문가 상담을 함께 열겠습니다",
        "theirs",
        "2025",
        engagement=table,
        organisation=book.parties["cisco"],
    )


def _alaska(book: Book) -> None:
    meeting = book.engagement(
        "2025-03-25",
        {
            "kind": "meeting",
            "title_ko": "알래스카 주지사 면담",
            "title_en": "Meeting with Alaska's governor",
            "region": place("KR-11"),
            "summary": "에너지, 기후변화 대응, 관광에서 손잡을 일을 이야기했다.",
        },
    )
    book.people_at(meeting, "ours", "gg", 6, ("governor", "지사"))
    book.people_at(meeting, "theirs", "ak", 7, ("ak-gov", "주지사"))
    book.promise(
        "2025-03-25",
        "에너지·기후·관광 협력을 실무진이 이어서 다듬겠습니다",
        "joint",
        "2025년 상반기",
        engagement=meeting,
        organisation=book.parties["ak"],
    )


def _letters(book: Book, meeting: Engagement) -> None:
    letter = book.engagement(
        "2025-03-20",
        {
            "kind": "letter",
            "mode": "written",
            "title_ko": "‘민감국가’ 지정 관련 서한",
            "title_en": "Letters on the “sensitive country” designation",
            "follows": meeting,
            "summary": "연구와 산업 협력이 막히지 않도록 도와 달라고 미국 열 개 주와 기업인에게 썼다.",
        },
    )
    asked = {
        "words": "한국을 민감국가 목록에서 빼도록 연방 정부에 뜻을 전해 주십시오.",
        "due": periods.parse("2025-04-15"),
    }
    for code, ko, en in STATES:
        key = code.removeprefix("US-").lower()
        if key not in book.parties:
            book.organisation(key, "government", ko, en, code)
        engagements.ask(
            letter,
            {**asked, "organisation": book.parties[key]},
            by=book.officer,
            at=at("2025-03-20", 18),
        )
    engagements.ask(
        letter,
        {**asked, "organisation": book.parties["ibm"], "person": book.persons["ibm-vc"]},
        by=book.officer,
        at=at("2025-03-20", 18),
    )
