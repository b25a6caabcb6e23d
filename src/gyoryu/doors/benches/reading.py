"""Reading releases: articles a second on one core, how time grows with length, and memory.

The articles are made here, in our own words: paragraphs in both languages, filled by chance from
a fixed seed with names, places, days and amounts. No database is needed.
"""

import random
import resource
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from gyoryu.doors.benches.values import Figure

LENGTH = 2_000
LENGTHS = (2_000, 20_000, 200_000)
TIMED, MEMORY_FROM, MEMORY_TO = 1_000, 1_000, 10_000
SEED = 20310514

FILLINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "home": ("Gangwon Province", "Jeonbuk State", "Busan City", "Ulsan City"),
        "away": ("Queensland", "Saxony", "Aichi Prefecture", "Alberta", "Lombardy"),
        "us": ("Governor Han Sol-bi", "Vice Governor Lim Do-yeon", "Mayor Jung Ha-on"),
        "them": ("Ambassador Erik Lindqvist", "Premier Dean Hollis", "Mayor Joanna Petrides"),
        "field": ("hydrogen buses", "smart farming", "port logistics", "student exchange"),
        "day": ("May 6", "April 29", "June 3, 2031", "Tuesday", "September"),
    },
    "ko": {
        "home": ("강원특별자치도", "전북특별자치도", "부산시", "울산시"),
        "away": ("퀸즐랜드주", "작센주", "아이치현", "앨버타주", "롬바르디아주"),
        "us": ("한솔비 도지사", "임도연 부지사", "정하온 국제협력국장"),
        "them": ("에리크 린드크비스트(Erik Lindqvist) 대사", "레나 피셔(Lena Fischer) 회장"),
        "field": ("수소버스", "스마트팜", "항만물류", "청년 교류"),
        "day": ("5월 6일", "지난달 29일", "6월 3일", "13일", "올해 9월"),
    },
}
PARAGRAPHS: dict[str, tuple[str, ...]] = {
    "en": (
        "{home} and {away} signed a memorandum of understanding on {field} on {day}. "
        "{us} said the two sides will hold one working meeting a year.",
        "{us} met {them} on {day} and discussed {field}. Both sides agreed to work toward a "
        "friendship agreement by the end of the year.",
        "At the fair in {away}, {n} companies held {n} consultations worth USD {n} million and "
        "signed contracts worth ${n}.{n} million.",
        "{home} will support each company with up to KRW {n} million for certification, from a "
        "budget of KRW {n} billion, and will select {n} companies in {day}.",
        "“Our regions have been friends for years,” {us} said, “and {field} is where we can learn "
        "most from each other, in good weather and in bad.”",
        "Since a sisterhood agreement was concluded in 1998, more than {n} officials have spent "
        "a year on the other side. A delegation from {away} visited {home} on {day}.",
    ),
    "ko": (
        "{home}는 {day} {away}와 {field} 분야 업무협약을 체결했다. {us}는 매년 한 차례 "
        "실무회의를 열기로 했다고 설명했다.",
        "{us}는 {day} {them}을 만나 {field} 협력 방안을 논의했다. 양측은 연내 우호교류협약 "
        "체결을 추진하기로 뜻을 모았다.",
        "{away} 현지에서 열린 수출상담회에는 도내 기업 {n}개사가 참가해 상담 {n}건, "
        "{n}만 달러의 실적을 거두고 {n}건 {n}만 달러의 계약을 체결했다.",
        "{home}는 총사업비 {n}억 원을 들여 기업당 최대 {n}만 원의 인증 비용을 지원하고 "
        "{day} 참가 기업 {n}개사를 선정할 계획이다.",
        "{us}는 “두 지역은 오랜 친구이며 {field}는 서로에게 가장 많이 배울 수 있는 "
        "분야”라고 말했다.",
        "양 지역은 1998년 자매결연을 맺은 뒤 공무원 {n}여 명을 교환했다. {away} 대표단은 "
        "{day} {home}를 방문했다.",
    ),
}
# What stands between the facts in every release, and states none.
PLAIN: dict[str, tuple[str, ...]] = {
    "en": (
        "Relations between the two regions have grown steadily, and people on both sides speak of "
        "a friendship that rests on trust, curiosity and plain hard work in many small projects.",
        "Local companies see a chance in the growing interest abroad, while schools and museums "
        "hope that young people will learn more about how neighbours live, work and celebrate.",
        "The question of how to keep such ties alive after the first warm words was raised more "
        "than once, and there was broad understanding that patience matters as much as money.",
        "“What counts is that people know whom to call,” as one of those present put it, adding "
        "that good co-operation is mostly a matter of keeping small promises.",
    ),
    "ko": (
        "두 지역의 관계는 꾸준히 깊어졌으며, 현장에서는 서로에 대한 믿음과 호기심, 그리고 작은 "
        "사업을 묵묵히 이어 온 사람들의 노력이 우정의 바탕이라는 이야기가 나온다.",
        "지역 기업들은 해외의 높아진 관심을 기회로 보고 있고, 학교와 박물관은 젊은 세대가 이웃이 "
        "살아가는 모습을 더 가까이에서 배울 수 있기를 바라고 있다.",
        "첫 만남의 따뜻한 말이 오간 뒤에도 관계를 어떻게 이어 갈 것인지가 여러 차례 화제에 올랐고, "
        "예산 못지않게 인내가 중요하다는 데 대체로 생각이 같았다.",
        "“누구에게 전화하면 되는지 아는 것이 가장 중요하다”는 말도 나왔다. 좋은 협력이란 결국 작은 "
        "약속을 지키는 일이라는 뜻이다.",
    ),
}


def measure() -> Iterator[Figure]:
    """Read, and tell what it took."""
    articles = list(islice(made(LENGTH), TIMED))
    spent = seconds(articles)
    yield Figure("articles a second, 2,000 characters each", len(articles) / spent, "/s")
    yield from growth()
    yield from memory()


def growth() -> Iterator[Figure]:
    """Reading time per 1,000 characters: the same at every length when it grows in proportion."""
    for length in LENGTHS:
        articles = list(islice(made(length), max(4, 400_000 // length)))
        letters = sum(len(text) for _lang, text in articles)
        yield Figure(
            f"a thousand characters, of {length:,}", 1e6 * seconds(articles) / letters, "ms"
        )


def memory() -> Iterator[Figure]:
    """The most memory this process has held after so many articles, none of them kept."""
    articles = made(LENGTH)
    for name, count in (("1,000", MEMORY_FROM), ("10,000", MEMORY_TO - MEMORY_FROM)):
        seconds(islice(articles, count))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield Figure(f"memory after {name} articles", peak / 1024, "MB")


def seconds(articles: Any) -> float:
    """Read articles and give the processor time it took on this core."""
    from gyoryu.newsroom import extraction  # noqa: PLC0415 (each door loads only what it needs)

    started = time.process_time()
    for lang, text in articles:
        extraction.read(text, published=date(2031, 5, 14), lang=lang)
    return time.process_time() - started


def made(length: int) -> Iterator[tuple[str, str]]:
    """Give articles without end, Korean and English in turn, each about so many characters."""
    chance = random.Random(SEED)  # noqa: S311 (the same articles every time, no secret)
    while True:
        for lang in ("ko", "en"):
            paragraphs: list[str] = []
            while sum(map(len, paragraphs)) < length:
                paragraphs.append(paragraph(lang, chance))
            yield lang, "\n\n".join(paragraphs)[:length]


def paragraph(lang: str, chance: random.Random) -> str:
    """Fill one paragraph of facts and put two plain ones after it, as dense as releases are."""
    filled = {name: chance.choice(words) for name, words in FILLINGS[lang].items()}
    text = chance.choice(PARAGRAPHS[lang]).format(n="{n}", **filled)
    while "{n}" in text:
        text = text.replace("{n}", str(chance.randint(2, 980)), 1)
    return "\n\n".join([text, *chance.sample(PLAIN[lang], 2)])
