"""Gyeonggi and Jiangsu: sisters since June 2023, and since March 2025 a body that meets yearly."""

from gyoryu.agreements.actions import agreements, bodies
from gyoryu.agreements.models import Area
from gyoryu.sample.book import Book, at, on, place

AREAS = ["청소년 교류", "농업기술", "보건의료", "기후·환경", "기업 교류"]
WORDS = [
    ("청소년 상호 방문 교류를 새로 시작하고 초청 공무원 연수를 마련하겠습니다", "joint", "2025-12"),
    ("농업기술 공동연구 과제를 더 뽑아 실무진끼리 계획을 나누겠습니다", "joint", "2025년 하반기"),
    ("장쑤성 의료인 연수를 다시 열겠습니다", "ours", "2025년 가을"),
    ("9월 경기도에서 여는 청정대기 국제포럼에 장쑤성을 초청하겠습니다", "ours", "2025-06-30"),
    ("상하이 경기비즈니스센터로 두 지역 기업의 교류를 돕겠습니다", "ours", "2025"),
    ("청정대기 국제포럼에 대표단을 보내겠습니다", "theirs", "2025-09"),
    ("화성시와 옌청시의 교류를 넓히도록 두 도시를 잇겠습니다", "joint", "2025-12-31"),
]


def tell(book: Book) -> str:
    """Enter the sisterhood, the memorandum, the body, its first session and what was promised."""
    sisterhood = book.draft(
        "2023-06-05",
        {
            "kind": "sisterhood",
            "title_ko": "경기도–장쑤성 자매결연",
            "title_en": "Gyeonggi–Jiangsu sisterhood",
            "partner_region": place("CN-JS"),
            "summary": "장쑤성 당서기가 경기도를 찾았을 때 맺었다. 실무 협의체를 두자는 제안이 이때 나왔다.",
        },
        ["gg", "js"],
    )
    book.sign(sisterhood, "2023-06", place_code="KR-41", method="in_person")
    book.evaluated(sisterhood)
    memorandum = book.draft(
        "2025-03-10",
        {
            "kind": "mou",
            "title_ko": "경기도–장쑤성 공동협의체 설립 업무협약",
            "title_en": "Gyeonggi–Jiangsu memorandum on a joint consultative body",
            "partner_region": place("CN-JS"),
            "parent": sisterhood,
            "areas": list(Area.objects.filter(name_ko__in=AREAS)),
        },
        ["gg-icb", "js-fao"],
    )
    ours, theirs = memorandum.parties.order_by("order")
    for party, key, title in ((ours, "dg", "국제협력국장"), (theirs, "js-dg", "외사판공실 주임")):
        agreements.add_signatory(
            party, book.persons[key], title=title, by=book.officer, at=at("2025-03-27")
        )
    book.sign(memorandum, "2025-03-27", place_code="CN-JS", method="in_person")
    body = bodies.found(
        memorandum,
        {
            "name_ko": "경기–장쑤 공동협의체",
            "name_en": "Gyeonggi–Jiangsu Joint Consultative Body",
            "cadence_months": 12,
            "lead_ours": book.parties["gg-icb"],
            "lead_theirs": book.parties["js-fao"],
            "founded_on": on("2025-03-27"),
            "areas": list(Area.objects.filter(name_ko__in=AREAS)),
        },
        by=book.officer,
        at=at("2025-03-27", 15),
    )
    session = bodies.hold_session(
        body,
        {
            "title_ko": "제1차 경기–장쑤 공동협의체 회의",
            "title_en": "First session of the Gyeonggi–Jiangsu Joint Consultative Body",
            "starts_on": on("2025-03-27"),
            "ends_on": on("2025-03-27"),
            "region": place("CN-JS"),
            "venue": "장쑤성 외사판공실",
            "summary": "청소년, 농업기술, 보건의료, 기후·환경, 기업 교류를 두루 논의하고 해마다 만나기로 했다.",
            "owner": book.officer,
        },
        by=book.officer,
        at=at("2025-03-27", 18),
    )
    book.people_at(session, "ours", "gg-icb", 6, ("dg", "국제협력국장"))
    book.people_at(session, "theirs", "js-fao", 7, ("js-dg", "외사판공실 주임"))
    book.document(session, "minutes", "제1차 공동협의체 회의록", on("2025-03-27"))
    for words, side, due in WORDS:
        book.promise(
            "2025-03-27",
            words,
            side,
            due,
            agreement=memorandum,
            body=body,
            engagement=session,
            organisation=book.parties["js-fao"],
        )
    return "Jiangsu: a sisterhood, a memorandum, a body, its first session and what was promised"
