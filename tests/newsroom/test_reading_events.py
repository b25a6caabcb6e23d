"""Encounters, trade results, support terms and promises are read with their figures."""

from datetime import date

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Commitment, Engagement, Result, Support

DAY = date(2031, 5, 14)


def items(text, lang, kind):
    return [i for i in extraction.read(text, published=DAY, lang=lang) if isinstance(i, kind)]


def value(span):
    return span and span.value


def encounters(text, lang):
    return [(i.kind, i.status, value(i.date)) for i in items(text, lang, Engagement)]


def test_korean_encounters_are_held_or_planned_by_their_ending():
    assert encounters("신아람 장관은 5월 13일 노르드 대사와 면담을 가졌다.", "ko") == [
        ("meeting", "held", "2031-05-13")
    ]
    assert encounters("신아람 장관은 5월 13일 노르드 주지사를 접견하였다.", "ko") == [
        ("courtesy_call", "held", "2031-05-13")
    ]
    assert encounters("신아람 장관은 5월 12일 호주를 방문하여 항만을 둘러보았다.", "ko") == [
        ("visit", "held", "2031-05-12")
    ]
    assert encounters("하늘시는 오는 20일 ‘해양 포럼’을 개최할 예정이다.", "ko") == [
        ("forum", "planned", "2031-05-20")
    ]
    assert encounters("하늘시는 5월 13일 기업 간담회를 개최했다.", "ko") == [
        ("roundtable", "held", "2031-05-13")
    ]


def test_english_encounters_are_held_or_planned_by_their_verb():
    assert encounters("Governor Min-ho Baek met today with Ambassador Ines Duarte.", "en") == [
        ("meeting", "held", "2031-05-14")
    ]
    assert encounters("Minister Dana Whitfield will travel to Porto on May 20.", "en") == [
        ("visit", "planned", "2031-05-20")
    ]
    assert encounters("Harbor Province held a Digital Roundtable on May 13.", "en") == [
        ("roundtable", "held", "2031-05-13")
    ]
    assert encounters("He will send a Presidential Delegation to Norland on June 2.", "en") == [
        ("delegation", "planned", "2031-06-02")
    ]


def test_a_habit_is_no_encounter():
    assert encounters("하늘시는 매년 해양 포럼을 개최해 왔다.", "ko") == []


def test_a_text_that_lost_its_line_breaks_is_read_alike():
    lines = [
        "○ Harbor Province meets Norland.",
        "On May 13, Governor Min-ho Baek met with Ambassador Ines Duarte in Porto.",
        "They will hold a trade fair on June 3. " * 9,
    ]
    apart, together = encounters("\n\n".join(lines), "en"), encounters("  ".join(lines), "en")
    assert apart[0] == together[0] == ("meeting", "held", "2031-05-13")


def results(text, lang):
    return [
        (
            i.status,
            value(i.consult_n),
            value(i.consult_amt),
            value(i.contract_n),
            value(i.contract_amt),
        )
        for i in items(text, lang, Result)
    ]


def test_counts_and_amounts_go_to_consultations_or_to_contracts():
    text = (
        "이번 수출상담회에는 국내 기업 40개사와 해외 바이어 25개사가 참여했다. "
        "총 212건, 930만 달러 규모의 수출 상담을 통해 18건, 120만 달러의 계약을 체결했다."
    )
    assert results(text, "ko") == [("achieved", "212", "USD 9300000", "18", "USD 1200000")]
    [item] = items(text, "ko", Result)
    assert (value(item.companies), value(item.buyers)) == ("40", "25")


def test_the_count_after_a_contract_is_the_number_of_contracts():
    text = "수출상담회에서 총 60회의 상담이 이뤄져 40만 달러 규모의 수출계약 9건이 체결됐다."
    assert results(text, "ko") == [("achieved", "60", None, "9", "USD 400000")]


def test_contracts_pursued_are_never_achieved():
    text = "수출상담회에서 상담 212건을 진행하고 120만 달러의 계약을 추진하고 있다."
    assert results(text, "ko") == [("contracts pursued", "212", None, None, "USD 1200000")]
    english = (
        "With 12 local companies, it achieved 340 consultations worth USD 5.5 million "
        "and is pursuing 22 contracts worth USD 900,000."
    )
    assert results(english, "en") == [
        ("contracts pursued", "340", "USD 5500000", "22", "USD 900000")
    ]


def test_contracts_expected_are_graded_as_expected():
    text = "수출상담회에서 120만 달러 규모의 계약이 예상된다."
    assert results(text, "ko") == [("expected", None, None, None, "USD 1200000")]


def test_last_years_figures_stand_apart():
    text = (
        "올해 수출상담회에서는 총 90건의 상담이 이뤄졌다.\n"
        "작년에는 수출상담 70건, 상담액 3.5백만불의 성과를 거둔 바 있다."
    )
    found = items(text, "ko", Result)
    assert [(i.how, value(i.consult_n), value(i.consult_amt)) for i in found] == [
        ("this edition", "90", None),
        ("an earlier edition", "70", "USD 3500000"),
    ]


def test_memoranda_are_not_counted_as_contracts():
    text = "수출상담회에서 업무협약 12건, 300만 달러가 체결됐다. 상담은 총 80건이었다."
    [item] = items(text, "ko", Result)
    assert item.contract_amt is None
    assert item.contract_n is None


def test_support_terms_give_budget_ceiling_and_counts():
    text = (
        "The province selected 8 teams comprising 31 participants.\n"
        "It allocated KRW 700 million for support, and each team will receive up to KRW 4 million "
        "in travel expenses."
    )
    [item] = items(text, "en", Support)
    assert value(item.budget) == "KRW 700000000"
    assert [value(limit) for limit in item.ceiling] == ["per team max KRW 4000000"]
    assert [value(count) for count in item.counts] == ["teams=8", "participants=31"]


def test_a_raised_ceiling_remembers_what_it_was():
    text = "The support limit per company was increased from KRW 3 million to 5 million."
    [item] = items(text, "en", Support)
    assert [value(limit) for limit in item.ceiling] == ["per company KRW 5000000 (was 3000000)"]


def promises(text, lang):
    return [(i.status, value(i.due)) for i in items(text, lang, Commitment)]


def test_a_promise_needs_an_act_that_can_be_checked():
    assert promises("하늘시는 6월 20일 상담실을 개설할 예정이다.", "ko") == [
        ("planned", "2031-06-20")
    ]
    assert promises("양 기관은 올해 하반기부터 전용관을 운영하기로 했다.", "ko") == [
        ("agreed", "2031-07/")
    ]
    assert promises("하늘시는 앞으로도 교류를 계속 지원해 나갈 계획이다.", "ko") == []
    assert promises("Norland will host a trade fair in September.", "en") == [
        ("planned", "2031-09")
    ]
    assert promises("They will continue to strengthen cooperation.", "en") == []


def test_a_promise_without_a_term_may_recur():
    assert promises("The two sides agreed to hold one joint meeting annually.", "en") == [
        ("agreed", "every year")
    ]


def test_json_keeps_every_span_with_its_offsets():
    text = "It earned $7 million on May 2."
    row = extraction.to_json("a-1", extraction.read(text, published=DAY, lang="en"))
    assert row == {
        "id": "a-1",
        "items": [
            {
                "type": "money",
                "span": {
                    "q": "$7 million",
                    "s": 10,
                    "e": 20,
                    "n": "USD 7000000",
                    "how": "as written",
                },
                "cur": "USD",
                "val": 7000000,
            },
            {
                "type": "date",
                "span": {
                    "q": "May 2",
                    "s": 24,
                    "e": 29,
                    "n": "2031-05-02",
                    "how": "nearest year, from 2031-05-14",
                },
                "norm": "2031-05-02",
                "kind": "partial",
                "resolved": True,
            },
        ],
    }
