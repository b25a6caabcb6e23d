"""What the tests of the newsroom stand on: partners in the register, and articles to read."""

from datetime import datetime

from gyoryu.newsroom.papers import Entry
from gyoryu.newsroom.text.times import KST
from gyoryu.parties.actions import organisations, people

PUBLISHED = datetime(2025, 3, 25, 9, tzinfo=KST)
TITLE = "한결도, 다낭시와 스마트도시 협력 업무협약 체결"
SIGNED = "한결도는 지난 24일 다낭시 인민위원회와 스마트도시 협력 업무협약을 체결했다고 25일 밝혔다."
PROMISE = "한결도는 오는 9월까지 교통관제 전문가 두 명을 다낭시 인민위원회에 파견하기로 했다."
MET = "한결도는 지난 20일 한결도청에서 다낭시 인민위원회와 간담회를 열었다."
BODY = f"{SIGNED}\n\n{PROMISE}"


def partners(unit, by, at):
    """Enter us and the other side."""
    made = {}
    for key, ko, en in (
        ("ours", "한결도", "Hangyeol Province"),
        ("theirs", "다낭시 인민위원회", "Da Nang People's Committee"),
    ):
        values = {"kind": "government", "name_ko": ko, "name_en": en}
        made[key] = organisations.add_organisation(unit, values, by=by, at=at)
    return made


def officeholder(unit, organisation, by, at):
    """Enter somebody with an office."""
    person = people.add_person(unit, {"name_ko": "윤해준", "name_en": "Yoon Haejun"}, by=by, at=at)
    people.add_position(person, organisation, {"title_ko": "지사"}, by=by, at=at)
    return person


def entry(body=BODY, title=TITLE, address="https://news.example.test/1", **more):
    """An article as a feed tells it."""
    told = {"published": PUBLISHED, "language": "ko", "identity": address, **more}
    return Entry(title=title, address=address, body=body, **told)
