"""The index follows the history: what was saved is found, what was taken back is not."""

import pytest
import search_makers as make
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gyoryu.agreements.actions import agreements, duties, engagements, requests
from gyoryu.agreements.models import DutyTemplate, Party
from gyoryu.parties import actions as parties
from gyoryu.search import actions
from gyoryu.search.actions import following, indexing
from gyoryu.search.models import Card, Kind, Mark, Waiting, card_id, ids_between
from gyoryu.search.queries import asking, gin, standing
from gyoryu.search.queries.telling.told import FEW_BITS, MANY_BITS, numbered

pytestmark = pytest.mark.django_db


def test_a_new_name_is_found_and_the_old_one_is_not(province, officer, found, indexed, now):
    firm = make.organisation(province.division, "가온텍")
    indexed()
    assert found(officer, "가온") == {(Kind.ORGANISATION, firm.pk)}
    parties.change_organisation(firm, {"kind": "company", "name_ko": "나래소프트"}, by=None, at=now)
    indexed()
    assert found(officer, "나래") == {(Kind.ORGANISATION, firm.pk)}
    assert found(officer, "가온") == set()


def test_a_new_name_is_found_on_all_that_tells_of_it(province, officer, found, indexed, now):
    firm = make.organisation(province.division, "가온텍")
    paper = make.agreement(province.division, "전자 업무협약")
    Party.objects.create(agreement=paper, organisation=firm, side="theirs")
    meeting = make.engagement(province.division, "전자 회의")
    meeting.delegations.create(side="theirs", organisation=firm)
    worker = make.person(province.division, "홍길동")
    worker.positions.create(organisation=firm, title_ko="대표")
    call_command("index", verbosity=0)
    parties.change_organisation(firm, {"kind": "company", "name_ko": "나래소프트"}, by=None, at=now)
    indexed()
    assert found(officer, "나래소프트") == {
        (Kind.ORGANISATION, firm.pk),
        (Kind.AGREEMENT, paper.pk),
        (Kind.ENGAGEMENT, meeting.pk),
        (Kind.PERSON, worker.pk),
    }


def test_what_is_voided_leaves_the_index_with_all_that_hangs_on_it(
    province, officer, found, indexed, now
):
    made = make.of_every_kind(province.division, "벽란도")
    call_command("index", verbosity=0)
    rows = {kind: row for (kind, _pk), row in made.items()}
    agreements.void(rows[Kind.AGREEMENT], reason="잘못 넣음", by=None, at=now)
    engagements.void(rows[Kind.ENGAGEMENT], reason="잘못 넣음", by=None, at=now)
    indexed()
    gone = {Kind.AGREEMENT, Kind.DUTY, Kind.ENGAGEMENT, Kind.REQUEST}
    assert found(officer, "벽란도") == {one for one in made if one[0] not in gone}


def test_a_merged_record_is_found_under_both_names_as_the_one_that_is_kept(
    province, officer, found, indexed, now
):
    kept = make.organisation(province.division, "가온텍")
    gone = make.organisation(province.division, "온가람전자")
    paper = make.agreement(province.division, "소재 업무협약")
    Party.objects.create(agreement=paper, organisation=gone, side="theirs")
    call_command("index", verbosity=0)
    merge = parties.merge(kept, gone, reason="같은 회사", by=None, at=now)
    indexed()
    assert found(officer, "온가람전자") == {(Kind.ORGANISATION, kept.pk)}
    assert found(officer, "가온텍") == {(Kind.ORGANISATION, kept.pk), (Kind.AGREEMENT, paper.pk)}
    parties.undo_merge(merge, by=None, at=now)
    indexed()
    both = {(Kind.ORGANISATION, gone.pk), (Kind.AGREEMENT, paper.pk)}
    assert found(officer, "온가람전자") == both


def test_what_was_asked_is_found_and_forgotten_when_it_is_taken_out(
    province, officer, found, indexed, now
):
    visit = make.engagement(province.division, "방문")
    museum = make.organisation(province.other, "딴 박물관")
    values = {"words": "소라고둥 자료를 청합니다", "organisation": museum}
    asked = requests.ask(visit, values, by=None, at=now)
    indexed()
    assert found(officer, "소라고둥") == {(Kind.REQUEST, asked.pk)}
    from gyoryu.agreements.actions import delegations

    delegations.remove(asked, reason="잘못 적음", by=None, at=now)
    indexed()
    assert found(officer, "소라고둥") == set()


def test_a_rule_by_another_name_renames_its_duties(province, officer, found, indexed, now):
    made = make.of_every_kind(province.division, "벽란도")
    call_command("index", verbosity=0)
    duty = next(row for (kind, _pk), row in made.items() if kind == Kind.DUTY)
    rule = DutyTemplate.objects.get()
    values = {"name_ko": "점검모임", "name_en": "Check", "basis_ko": "제1조"}
    duties.change_template(rule, values, reason="", by=None, at=now)
    indexed()
    assert found(officer, "점검모임") == {(Kind.DUTY, duty.pk)}


def test_people_are_found_in_either_script_and_any_order(province, officer, found, indexed):
    who = make.person(province.division, "김동연")
    make.person(province.division, "김연동")
    indexed()
    for typed in ("Kim Dong-yeon", "Dong Yeon Kim", "KIM, Dongyeon", "김동연", "동연"):
        assert found(officer, typed) == {(Kind.PERSON, who.pk)}, typed


def test_a_company_is_found_by_how_it_sounds_and_by_its_number(province, officer, found, indexed):
    firm = make.organisation(
        province.division, "가온텍", kind="company", business_number="1248100998"
    )
    indexed()
    for typed in ("Gaontek", "124-81-00998", "1248100998", "(주)가온텍"):
        assert (Kind.ORGANISATION, firm.pk) in found(officer, typed), typed


def test_pieces_of_a_word_in_a_long_text_are_not_the_word(province, officer, found, indexed):
    near = make.article(province.division, "소식", "수원에 있는 지원시설을 둘러봤다.")
    there = make.article(province.division, "새 소식", "수원시는 자료를 보냈다.")
    call_command("index", verbosity=0)
    assert found(officer, "수원시") == {(Kind.ARTICLE, there.pk)}
    assert found(officer, "수원") == {(Kind.ARTICLE, near.pk), (Kind.ARTICLE, there.pk)}


def test_blanks_in_a_title_do_not_count(province, officer, found):
    apart = make.article(province.division, "국제 교류 협력 소식")
    call_command("index", verbosity=0)
    assert found(officer, "국제교류협력") == {(Kind.ARTICLE, apart.pk)}


@pytest.mark.parametrize("typed", ["벽란", "벽란도", "벽란 협약"])
def test_an_old_title_is_found_though_many_newer_texts_have_the_words(
    province, officer, ordered, typed
):
    make.agreement(province.division, "벽란도 협약", "AG-1", signed_on="1999-05-01")
    for number in range(asking.FEW + 10):
        make.agreement(
            province.division, f"협약 {number}", f"AG-2-{number}", summary="벽란도에서 맺었다"
        )
    call_command("index", verbosity=0)
    assert ordered(officer, typed)[0] == "벽란도 협약"


def test_results_are_narrowed_by_kind_year_unit_and_region(province, officer, found):
    place = make.region("벽란포", "Byeongnan")
    old = make.agreement(province.division, "벽란 협약", "AG-1", signed_on="2019-05-01")
    new = make.agreement(province.division, "벽란 협약", "AG-2", partner_region=place)
    make.engagement(province.division, "벽란 방문")
    call_command("index", verbosity=0)
    both = {(Kind.AGREEMENT, old.pk), (Kind.AGREEMENT, new.pk)}
    assert found(officer, "벽란", kind=Kind.AGREEMENT) == both
    assert found(officer, "벽란", year=2019) == {(Kind.AGREEMENT, old.pk)}
    assert found(officer, "벽란", region=place.pk) == {
        (Kind.AGREEMENT, new.pk),
        (Kind.REGION, place.pk),
    }
    assert found(officer, "벽란", unit=province.bureau.pk, year=2019) == {(Kind.AGREEMENT, old.pk)}
    assert found(officer, "벽란", unit=province.other.pk) == set()


def test_whole_names_come_before_titles_before_texts_and_new_before_old(province, officer, ordered):
    make.organisation(province.division, "벽란")
    make.agreement(province.division, "벽란 협약", "AG-1")
    make.agreement(province.division, "벽란 협약 (옛것)", "AG-2", signed_on="1999-05-01")
    make.agreement(province.division, "딴 협약", "AG-3", summary="벽란에서 맺었다")
    call_command("index", verbosity=0)
    assert ordered(officer, "벽란") == ["벽란", "벽란 협약", "벽란 협약 (옛것)", "딴 협약"]


def test_rows_that_no_action_made_are_indexed_by_the_command(province, officer, found):
    paper = make.agreement(province.division, "벽란 협약")
    assert found(officer, "벽란") == set()
    call_command("index", verbosity=0)
    assert found(officer, "벽란") == {(Kind.AGREEMENT, paper.pk)}
    type(paper).objects.update(title_ko="소라 협약")
    call_command("index", verbosity=0)
    assert found(officer, "소라") == set()
    call_command("index", "--all", verbosity=0)
    assert found(officer, "소라") == {(Kind.AGREEMENT, paper.pk)}
    type(paper).objects.update(voided_at=make.NOW, voided_reason="x")
    call_command("index", "--all", "--kind", "agreement", verbosity=0)
    assert not Card.objects.exists()


def test_a_worker_that_dies_leaves_what_it_had_taken(province, officer, found, now, monkeypatch):
    firm = make.organisation(province.division, "가온텍")
    from gyoryu.history import actions as history

    history.seal(by=None, at=now)
    while actions.read_history(by=None, at=now):
        pass

    def dies(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(indexing.telling, "cards", dies)
        with pytest.raises(KeyboardInterrupt):
            actions.index_some(by=None, at=now)
    assert Waiting.objects.count() == 1
    assert actions.catch_up(by=None, at=now) == 1
    assert found(officer, "가온텍") == {(Kind.ORGANISATION, firm.pk)}


def test_the_history_is_read_once_and_from_the_start_when_it_is_shorter(province, indexed, now):
    make.organisation(province.division, "가온텍")
    indexed()
    assert (actions.read_history(by=None, at=now), bool(standing.behind())) == (0, False)
    Mark.objects.update(seal=999)
    assert actions.read_history(by=None, at=now) > 0
    assert Waiting.objects.count() == 1


def test_a_search_does_little_of_what_is_left_and_says_so(
    province, officer, found, now, monkeypatch
):
    monkeypatch.setattr(following, "FEW", 2)
    from gyoryu.history import actions as history

    for name in ("가온", "나온", "다온"):
        make.organisation(province.division, name)
    history.seal(by=None, at=now)
    assert actions.freshen(by=officer, at=now).waiting
    assert len(found(officer, "온")) == 2
    assert not actions.freshen(by=officer, at=now)
    assert len(found(officer, "온")) == 3


NASTY = [
    *['" OR NEAR( *', "'; DROP TABLE x; --", "a:b & !c | <->", "^수원", "=수원", "@parties"],
    *["수원*", "\x00수원", "{tokens}: x", "\\' | 'x"],
]


@pytest.mark.parametrize("typed", NASTY)
def test_no_sign_is_syntax(province, officer, found, indexed, typed):
    make.organisation(province.other, "딴 데")
    indexed()
    assert found(officer, typed) == set()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(province, officer, found, typed):
    assert found(officer, typed) == set()


@given(st.dates(), st.dates(), st.integers(1, 2**32 - 1), st.integers(1, 11))
def test_ids_stand_in_the_order_of_age_within_their_kind(one, other, record, kind):
    newer, older = max(one, other), min(one, other)
    if newer != older:
        assert card_id(kind, newer, record) < card_id(kind, older, record)
    assert card_id(kind, older, record) < card_id(kind, None, record) < card_id(kind + 1, newer, 1)
    low, high = ids_between(kind, older, newer)
    assert low <= card_id(kind, newer, record) <= high
    assert low <= card_id(kind, older, record) <= high < card_id(kind, None, record)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's")
def test_the_words_of_the_index_are_those_of_the_cards(province, indexed):
    make.of_every_kind(province.division, "벽란도")
    call_command("index", verbosity=0)
    call_command("index", "--all", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)")


@given(st.integers(1, 3_000_000), st.data())
def test_every_undated_record_lies_in_just_one_group_that_is_looked_through(highest, data):
    record = data.draw(st.integers(1, highest))
    groups = list(gin._of_numbers(Kind.PERSON, highest))
    own = {numbered(Kind.PERSON, record, bits) for bits in (FEW_BITS, MANY_BITS)}
    assert len(own & set(groups)) == 1
    assert len(groups) == len(set(groups))


@given(st.lists(st.from_regex(r"@w[0-9]{1,3}", fullmatch=True), unique=True), st.integers(1, 8))
def test_stretches_taken_together_leave_none_out_and_keep_their_order(tokens, alone):
    together = list(gin._doubling(tokens, alone))
    apart = [one.strip("'") for stretch in together for one in stretch.split(" | ")]
    assert apart == tokens
    assert len(together) <= alone + 1 + len(tokens).bit_length()
