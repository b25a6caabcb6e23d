"""The companies, teams and panel of the programmes. Every name is invented, and so is each number.

Business numbers begin with 999, which no tax office gives out; only their check digit is right.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gyoryu.accounts.actions import people as accounts
from gyoryu.accounts.models import User
from gyoryu.parties.actions import details, organisations
from gyoryu.parties.business_number import check_digit
from gyoryu.parties.models import Organisation
from gyoryu.sample import people
from gyoryu.sample.book import Book, at, place

# Korean, English, exports of last year in thousand US dollars (none: not known)
SHOW = [
    ("다온모빌", "Daon Mobil", 420), ("라움센서", "Raum Sensor", 180), ("미르콘", "Mircon", 95),
    ("바로넷", "Baronet", 610), ("새길오토", "Saegil Auto", 1_240), ("소담전자", "Sodam Electronics", 330),
    ("아라테크", "Ara Tech", 75), ("온빛광학", "Onbit Optics", 880), ("이든로보", "Eden Robo", 140),
    ("자람비전", "Jaram Vision", 260), ("차오름", "Chaoreum", 45), ("카로스", "Karos", 505),
    ("타임링크", "Timelink", 390), ("파란배터리", "Paran Battery", 1_870), ("하늘드론", "Haneul Drone", 720),
    ("한결정밀", "Hangyeol Precision", 2_050), ("해담소프트", "Haedam Soft", 60), ("나린에너지", "Narin Energy", 940),
    ("도담의료기", "Dodam Medical", 315), ("루미나칩", "Lumina Chip", 1_510), ("마루인식", "Maru Recognition", 110),
    ("보람커넥트", "Boram Connect", 285), ("산들이엠", "Sandeul EM", 470), ("여울통신", "Yeoul Telecom", 650),
    ("푸른모듈", "Pureun Module", 205), ("휘람오디오", "Hwiram Audio", 155),
]  # fmt: skip
CERAMICS = [
    ("가마터", "Gamateo"), ("고운흙", "Goun Clay"), ("그릇마을", "Geureut Village"), ("꽃담도예", "Kkotdam Pottery"),
    ("나루백자", "Naru Porcelain"), ("다솜요", "Dasom Kiln"), ("달항아리방", "Moon Jar Studio"), ("도예림", "Doyerim"),
    ("모래내공방", "Moraenae Atelier"), ("물레길", "Mullegil"), ("백토", "Baekto"), ("별빛유약", "Starlight Glaze"),
    ("분청재", "Buncheongjae"), ("사기막", "Sagimak"), ("서리빛", "Seoribit"), ("연잎요", "Lotus Leaf Kiln"),
    ("오름도기", "Oreum Stoneware"), ("이천재", "Icheonjae"), ("청연", "Cheongyeon"), ("흙결", "Heukgyeol"),
]  # fmt: skip
STARTUPS = [
    ("넥스트팜", "Nextfarm Lab"), ("레미디온", "Remedion"), ("모아비트", "Moabit"), ("비오링크", "Biolink Works"),
    ("세이프온", "Safeon"), ("오토픽", "Autopick"), ("이음페이", "Ieumpay"), ("클린루프", "Cleanloop"),
    ("트레이드메이트", "Trademate"), ("헬시오", "Healthio"),
]  # fmt: skip
# name of a team, its task, whether the task was designated
TEAMS = [
    ("청년주거연구", "청년 주거 안정을 위한 해외 도시 사례", True), ("돌봄다리", "농촌 돌봄 공백과 순회 서비스", True),
    ("기후한걸음", "공공건물 에너지 전환의 순서", True), ("미래교통", "수요응답 버스의 요금과 노선", True),
    ("다문화배움", "이주배경 아동의 학교 적응", True), ("데이터행정", "민원 기록을 정책에 쓰는 법", True),
    ("골목살림", "골목상권 공동 배송", False), ("빈집나눔", "빈집을 빌려 쓰는 제도", False),
    ("물길지킴", "하천 수질을 시민이 재는 법", False), ("야간경제", "야간 관광과 소음의 균형", False),
    ("건강동행", "보건소 방문 진료의 대상", False), ("섬마을", "도서 지역 물류 지원", False),
    ("문화마실", "작은 도서관의 운영 시간", False), ("안전골목", "보행 사고가 잦은 골목 고치기", False),
    ("새활용", "재활용 선별장의 일자리", False),
]  # fmt: skip
FAMILY = "강고구권나노도류문민박배백서석선설성손송신심안양엄여연염오우원유육윤은이인임장전정제조주지진차천최추탁표피하한함허현홍황"
GIVEN = ["가온", "나래", "다온", "라온", "마루", "바름", "새론", "아람", "이든", "자람", "채움", "하람", "해든", "보라", "슬옹"]  # fmt: skip
PANEL = [
    ("panel1@gyoryu.example", "구본재", "Koo Bonjae"), ("panel2@gyoryu.example", "노은채", "Noh Eunchae"),
    ("panel3@gyoryu.example", "도경헌", "Do Gyeongheon"), ("panel4@gyoryu.example", "류다인", "Ryu Dain"),
    ("panel5@gyoryu.example", "마지호", "Ma Jiho"),
]  # fmt: skip


@dataclass
class Cast:
    """Who takes part, as entered."""

    show: list[Organisation]
    ceramics: list[Organisation]
    startups: list[Organisation]
    panel: list[User]


def business_number(place_in_line: int) -> str:
    """Return an invented business number whose check digit is right."""
    nine = f"999{place_in_line:06d}"
    return f"{nine}{check_digit(nine)}"


def enter(book: Book) -> Cast:
    """Add the companies with their figures, and the people of the panel."""
    day = at("2024-12-16")
    show = [_company(book, n, ko, en, day) for n, (ko, en, _sold) in enumerate(SHOW, 1)]
    for company, (_ko, _en, sold) in zip(show, SHOW, strict=True):
        amount = Decimal(sold * 1000)
        details.declare_exports(company, 2024, amount, "USD", by=book.trader, at=at("2025-01-20"))
    ceramics = [_company(book, 100 + n, ko, en, day) for n, (ko, en) in enumerate(CERAMICS, 1)]
    startups = [_company(book, 200 + n, ko, en, day) for n, (ko, en) in enumerate(STARTUPS, 1)]
    return Cast(show, ceramics, startups, [_judge(*one, day) for one in PANEL])


def _company(book: Book, number: int, ko: str, en: str, day: datetime) -> Organisation:
    values = {
        "kind": "company",
        "name_ko": f"{ko}(주)",
        "name_en": f"{en} Co., Ltd.",
        "region": place("KR-41"),
        "size": "small",
        "business_number": business_number(number),
    }
    return organisations.add_organisation(book.units["trade"], values, by=book.trader, at=day)


def _judge(email: str, ko: str, en: str, day: datetime) -> User:
    names = {"name_ko": ko, "name_en": en}
    password = people.PASSWORD if email in people.OUTSIDERS else None
    return accounts.add_user(email, names, password=password, by=None, at=day)


def members(team: int) -> list[str]:
    """Return the four invented members of a team."""
    first = (team * 4) % len(FAMILY)
    return [
        f"{FAMILY[(first + n) % len(FAMILY)]}{GIVEN[(team + 3 * n) % len(GIVEN)]}" for n in range(4)
    ]
