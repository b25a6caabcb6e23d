"""What programs get: the same words at the same fields, strict lists, and nothing done twice."""

import json
import re
import threading
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.agreements import register_makers as makers

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.models import Answer
from gyoryu.agreements.models import Agreement, Commitment
from gyoryu.api import door
from gyoryu.history.models import Entry
from gyoryu.imports.models import Batch, Line
from gyoryu.jobs import actions as jobs
from gyoryu.parties.models import Organisation
from gyoryu.programmes import api as programmes
from gyoryu.register.models import Publication
from gyoryu.trade import api as trade
from gyoryu.web.calls import typed

pytestmark = pytest.mark.django_db
DRAFT = {"kind": "mou", "title_ko": "청년 교류 협약"}


def errors(reply):
    assert reply["Content-Type"] == "application/problem+json", reply.content
    return reply.json()["errors"]


# Writes


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_refusal_has_the_words_and_the_field_of_the_screen(program, signed_in, officer, language):
    wrong = {"kind": "treaty", "title_ko": "", "signed": "2025-02-30", "term_months": 0}
    on_screen = signed_in(officer, language).post("/agreements/new/", wrong).context["form"]
    told = errors(program(officer, language=language).post("agreements", wrong))
    assert told == {name: list(said) for name, said in on_screen.errors.items()}
    assert told.keys() == wrong.keys()


def test_a_rule_refuses_at_the_field_too(program, officer):
    told = errors(program(officer).post("agreements", {**DRAFT, "signed": "2025-12-24"}))
    assert told.keys() == {"signed"}


def test_an_agreement_is_drafted_completed_and_signed(program, officer, province, now):
    calling = program(officer)
    ours = makers.organisation(province.division, now, "한결도", "Hangyeol Province")
    theirs = makers.organisation(province.division, now, "미래성", "Mirae Province")
    made = calling.post("agreements", {**DRAFT, "ours": ours.pk, "theirs": "Mirae Province"})
    assert (made.status_code, made["Location"]) == (201, made.json()["href"])
    href = made.json()["href"]
    changed = calling.patch(href, {"title_en": "Youth exchange", "term_months": 36})
    signed = calling.post(f"{href}/sign", {"signed": "2025-03", "method": "video"})
    told = calling.get(href).json()
    assert (changed.status_code, signed.status_code) == (200, 200)
    assert {
        name: told[name] for name in ("title_ko", "title_en", "signed", "status", "method")
    } == {
        "title_ko": "청년 교류 협약",
        "title_en": "Youth exchange",
        "signed": "2025-03",
        "status": "signed",
        "method": "video",
    }
    assert [one["organisation"]["id"] for one in told["parties"]] == [ours.pk, theirs.pk]
    assert told["owner"] == {"id": officer.pk, "name": "officer Hong"}


def test_a_patch_leaves_what_it_does_not_name(program, officer, province):
    row = makers.agreement(province.division, renewal="automatic", place_note="도청")
    before = program(officer).get(f"agreements/{row.pk}").json()
    assert program(officer).patch(f"agreements/{row.pk}", {"summary": "요약"}).status_code == 200
    assert program(officer).get(f"agreements/{row.pk}").json() == {**before, "summary": "요약"}


def test_a_promise_is_kept_with_its_evidence(program, officer, province):
    calling, row = program(officer), makers.agreement(province.division)
    made = calling.post(
        "commitments",
        {"words": "묘목을 보낸다", "side": "ours", "agreement": row.pk, "due": "spring 2025",
         "cost": "1200000", "owner": officer.pk, "step_0": "검역", "step_0_on": "2025-03-10"},
    )  # fmt: skip
    href = made.json()["href"]
    without = calling.post(f"{href}/done", {"on": "2025-03-20"})
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7\n%%EOF\n")
    done = calling.client.post(
        f"{href}/done",
        {"on": "2025-03-20", "file": file, "file_kind": "minutes"},
        headers={"Authorization": f"Bearer {calling.secret}", "Idempotency-Key": "a"},
    )
    told = calling.get(href).json()
    assert errors(without).keys() == {"file"}
    assert done.status_code == 200, done.content
    assert (told["due"], told["due_on"], told["status"]) == ("spring 2025", "2025-05-31", "done")
    assert (told["cost"], told["cost_currency"]) == ("1200000.00", "KRW")
    assert [one["name"] for one in told["milestones"]] == ["검역"]
    fetched = calling.get(f"documents/{told['documents'][0]['id']}/file")
    assert b"".join(fetched.streaming_content) == b"%PDF-1.7\n%%EOF\n"
    fetched.close()


def test_a_text_is_handed_in_and_its_facts_are_decided(program, officer):
    calling = program(officer)
    text = (
        "한결도는 3월 27일 미래성과 우호협력 양해각서를 체결했다. "
        "두 지역은 해마다 공동협의회를 열기로 했다."
    )
    handed = calling.post(
        "articles",
        {"title": "한결도·미래성 양해각서 체결", "text": text, "published": "2025-03-28"},
    )
    assert handed.status_code == 201, handed.content
    article = handed.json()["id"]
    facts = calling.get(f"candidates?article={article}&tab=waiting").json()["items"]
    assert facts
    assert {one["article"]["id"] for one in facts} == {article}
    refused = calling.post(f"candidates/{facts[0]['id']}/refuse", {"reason": "다른 건"})
    assert refused.status_code == 200
    assert calling.get(f"candidates/{facts[0]['id']}").json()["state"] == "refused"


def test_what_another_office_has_is_not_there(program, person_with, province):
    row = makers.agreement(province.division)
    stranger = program(person_with("officer", province.other))
    assert stranger.get(f"agreements/{row.pk}").status_code == 404
    assert stranger.patch(f"agreements/{row.pk}", {"summary": "x"}).status_code == 404
    assert stranger.get("agreements").json() == {"items": [], "next": None}


def test_what_is_shared_is_read_and_not_written(program, person_with, province):
    row = makers.agreement(province.division)
    row.shared_with.add(province.other)
    stranger = program(person_with("officer", province.other))
    assert stranger.get(f"agreements/{row.pk}").status_code == 200
    assert stranger.patch(f"agreements/{row.pk}", {"summary": "x"}).status_code == 403


# Bad bodies


def raw(calling, body, kind="application/json"):
    headers = {"Authorization": f"Bearer {calling.secret}", "Accept-Language": "en"}
    return calling.client.post("/api/v1/agreements", body, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"title_ko": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b'{"title_ko": ["x"]}', 422),
        (b'{"title_ko": {"x": 1}}', 422),
        (b'{"title_ko": 12}', 422),
        (b'{"areas": "1"}', 422),
        (b'{"term_months": true}', 422),
        (b'{"nothing": "x"}', 422),
        (b'{"title_ko": "' + b"x" * (6 * 1024**2) + b'"}', 413),
    ],
)
def test_a_body_that_is_none_is_refused_and_nothing_saved(program, officer, body, status):
    reply = raw(program(officer), body)
    assert (reply.status_code, reply["Content-Type"]) == (status, "application/problem+json")
    assert not Agreement.objects.exists()


def test_a_nul_is_refused_at_its_field(program, officer):
    assert errors(program(officer).post("agreements", {**DRAFT, "title_ko": "a\0"})).keys() == {
        "title_ko"
    }


def test_an_unknown_address_and_method_are_told_as_problems(program, officer):
    calling = program(officer)
    answers = [
        calling.get("nothing"),
        calling.get("agreements/x"),
        calling.ask("PUT", "agreements"),
    ]
    assert [one.status_code for one in answers] == [404, 404, 405]
    assert {one["Content-Type"] for one in answers} == {"application/problem+json"}
    assert set(answers[2]["Allow"].split(", ")) == {"GET", "POST"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    )
)
def test_a_value_fits_a_kind_only_if_it_is_of_it(value):
    fits = {kind: typed._fits(value, {"type": kind}) for kind in typed.KINDS}
    told = {
        "null": value is None,
        "boolean": isinstance(value, bool),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "string": isinstance(value, str),
        "array": isinstance(value, list)
        and all(isinstance(one, str | int) and not isinstance(one, bool) for one in value),
    }
    assert fits == told


# Once only


def test_a_key_gets_the_same_answer_and_one_record(program, officer):
    calling, key = program(officer), {"Idempotency-Key": "one"}
    first, second = (calling.post("agreements", DRAFT, **key) for _ in range(2))
    assert (first.status_code, first.json(), first["Location"]) == (
        second.status_code, second.json(), second["Location"],
    )  # fmt: skip
    assert Agreement.objects.count() == 1
    assert Entry.objects.filter(verb="agreement.drafted").count() == 1


@pytest.mark.parametrize("path", ["agreements", "organisations"])
def test_a_key_with_another_call_is_refused(program, officer, path):
    calling, key = program(officer), {"Idempotency-Key": "one"}
    calling.post("agreements", DRAFT, **key)
    other = calling.post(path, {"kind": "mou", "title_ko": "다른 협약"}, **key)
    assert other.status_code == 409
    assert (Agreement.objects.count(), Organisation.objects.count()) == (1, 0)


def test_a_refused_call_leaves_its_key_free(program, officer):
    calling, key = program(officer), {"Idempotency-Key": "one"}
    assert calling.post("agreements", {"kind": "mou"}, **key).status_code == 422
    assert calling.post("agreements", DRAFT, **key).status_code == 201


def test_a_key_is_its_tokens_own(program, officer):
    key = {"Idempotency-Key": "one"}
    made = [program(officer).post("agreements", DRAFT, **key).json()["id"] for _ in range(2)]
    assert len(set(made)) == 2


@pytest.mark.parametrize("key", ["", "x" * 101, "a\tb"])
def test_a_key_that_is_none_is_refused(program, officer, key):
    reply = program(officer).post("agreements", DRAFT, **{"Idempotency-Key": key})
    assert errors(reply).keys() == {"Idempotency-Key"}


def test_answers_are_forgotten_after_three_days(program, officer, now):
    program(officer).post("agreements", DRAFT, **{"Idempotency-Key": "one"})
    made = Answer.objects.get()
    assert tokens.forget_answers(by=None, at=made.at + tokens.KEPT) == 0
    assert tokens.forget_answers(by=None, at=made.at + 2 * tokens.KEPT) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_calls_at_once_one_is_done(program, officer):
    calling, found = program(officer), []

    def call():
        try:
            found.append(calling.post("agreements", DRAFT, **{"Idempotency-Key": "one"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.status_code for one in found} == {201}
    assert len({one.json()["id"] for one in found}) == 1
    assert Agreement.objects.count() == 1


# Lists


def seven(province):
    for n in range(7):
        makers.agreement(province.division, number=f"AG-2020-000{n}", title_ko=f"협약 {n % 3}")


@pytest.mark.parametrize("sort", ["title", "-title", "signed", "-duty", "region"])
def test_following_next_gives_every_row_once_and_in_order(program, officer, province, sort):
    seven(province)
    calling, path, found = program(officer), f"agreements?size=2&sort={sort}", []
    while path:
        page = calling.get(path).json()
        assert len(page["items"]) <= 2
        found += [row["id"] for row in page["items"]]
        path = page["next"]
    whole = calling.get(f"agreements?sort={sort}").json()
    assert found == [row["id"] for row in whole["items"]]
    assert (len(set(found)), whole["next"]) == (7, None)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("size=1000000", "size"),
        ("size=201", "size"),
        ("size=0", "size"),
        ("size=-1", "size"),
        ("size=x", "size"),
        ("size=²", "size"),
        ("sort=nothing", "sort"),
        ("tab=nothing", "tab"),
        ("kind=treaty", "kind"),
        ("on=2025-02-30", "on"),
        ("nothing=1", "nothing"),
        ("after=x", "after"),
        ("export=csv", "export"),
    ],
)
def test_a_list_refuses_what_it_does_not_know(program, officer, asked, field):
    reply = program(officer).get(f"agreements?{asked}")
    assert reply.status_code == 422
    assert errors(reply).keys() == {field}


def cursor(reply):
    return re.search("after=([^&]+)", reply.json()["next"])[1]


def test_a_cursor_belongs_to_its_list_and_order(program, officer, province, now):
    seven(province)
    for n in range(3):
        makers.organisation(province.division, now, f"기관 {n}", f"Agency {n}")
    calling = program(officer)
    own = cursor(calling.get("agreements?size=2&sort=title"))
    other = cursor(calling.get("organisations?size=2&sort=name"))
    asked = [
        f"agreements?sort=-title&after={own}",
        f"agreements?sort=signed&after={own}",
        f"agreements?sort=title&after={other}",
        f"agreements?sort=title&after={own[:-2]}xx",
        f"organisations?sort=name&after={own}",
    ]
    assert [errors(calling.get(one)).keys() for one in asked] == [{"after"}] * 5
    assert calling.get(f"agreements?sort=title&after={own}").status_code == 200


def test_conditions_narrow_as_on_screen(program, officer, province):
    seven(province)
    makers.agreement(province.division, number="AG-1", kind="sisterhood", status="suspended")
    calling = program(officer)
    told = calling.get("agreements?kind=sisterhood&tab=suspended&year=2020").json()["items"]
    assert [(row["number"], row["kind"], row["status"]) for row in told] == [
        ("AG-1", "sisterhood", "suspended")
    ]


# Budgets


def counted(calling, path, body=None):
    calling.get(path) if body is None else None
    with CaptureQueriesContext(connection) as asked:
        reply = calling.get(path) if body is None else calling.post(path, body)
    assert reply.status_code < 300, reply.content
    # Savepoints are the test's own: its transaction is around that of the call.
    told = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    return len(told), told


LISTS = [one.path for desk in door.desks for one in desk.operations
         if one.shape and one.shape.__name__.endswith("Page") and "items" in one.shape.model_fields
         and "next" in one.shape.model_fields]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_no_condition_has_the_name_of_what_every_list_has(path):
    own = next(one for one in door.operations if one.path == path and not one.writes)
    names = [told["name"] for told in own.asks()["parameters"]]
    assert len(set(names)) == len(names)


# Lists of programmes and of trade need records not made here; tests of their desks count the same
# listings.
OF_DESKS = {one.path for desk in (*programmes.DESKS, *trade.DESKS) for one in desk.operations}
MADE_BESIDE = {"publications", "imports", "imports/{pk}/lines", "jobs"}


def fill(province, officer, now, wanted):
    """Make records of every kind until there are so many of each."""
    unit = province.division
    for n in range(Organisation.objects.count(), wanted):
        partner = makers.organisation(unit, now, f"기관 {n}", f"Agency {n}")
        who = makers.person(unit, f"사람 {n}", f"Person {n}")
        makers.position(who, partner)
        row = makers.agreement(unit, partner, number=f"AG-{n}", owner=officer)
        makers.body(row, now)
        meeting = makers.engagement(unit, now, agreements=[row], organisation=partner)
        makers.commitment(unit, f"CM-{n}", agreement=row, owner=officer)
        from gyoryu.agreements.models import Duty, DutyTemplate, Request

        template, _ = DutyTemplate.objects.get_or_create(
            unit=unit, kind="evaluation", name_ko="평가", name_en="Evaluation", basis_ko="제1조",
            trigger="after_signing",
        )  # fmt: skip
        Duty.objects.create(agreement=row, template=template, kind="evaluation", due_on=now)
        Request.objects.create(engagement=meeting, organisation=partner, words="요청")
        from gyoryu.evidence import actions as evidence

        evidence.hold(row, kind="other", title="x", link="https://x.example", by=officer, at=now)
        beside(province, officer, now, n)


def beside(province, officer, now, n):
    """Make an edition, an import, a row of the first import, and a job."""
    jobs.queue(
        "gyoryu.jobs.tasks.exports.write", "/", "", officer.pk, "ko",
        by=officer, at=now, name=f"작업 {n}",
    )  # fmt: skip
    batch = Batch.objects.create(
        unit=province.division, kind="people", name=f"{n}.csv", sha256="0", by=officer, at=now
    )
    first = Batch.objects.order_by("pk").first() or batch
    told = {"ko": "틀림", "en": "Wrong"}
    Line.objects.create(batch=first, row=n + 2, outcome="wrong", errors=[["name_ko", told]])
    Publication.objects.create(
        unit=province.root, month=date(2000 + n // 12, n % 12 + 1, 1), version=1, head="{}",
        digest="0" * 64, count=0, published_at=now, published_by=officer,
    )  # fmt: skip


def test_every_list_asks_eight_questions_at_most_and_as_many_for_fifty(
    program, officer, province, now
):
    calling, found = program(officer), {}
    for wanted in (1, 3, 50):
        fill(province, officer, now, wanted)
        for path in [one for one in LISTS if one not in OF_DESKS]:
            address = path.replace("{pk}", str(Batch.objects.earliest("pk").pk))
            assert len(calling.get(address).json()["items"]) == wanted or path not in MADE_BESIDE
            found.setdefault(path, []).append(counted(calling, address)[0])
    assert len(found) == 19
    assert {path: counts for path, counts in found.items() if len(set(counts)) > 1} == {}
    assert {path: counts for path, counts in found.items() if max(counts) > 8} == {}


@pytest.mark.parametrize(
    "path", ["agreements", "engagements", "commitments", "bodies", "organisations", "people",
             "documents", "duties", "figures", "due/late", "me"],
)  # fmt: skip
def test_a_record_asks_fifteen_questions_at_most(program, officer, province, now, path):
    fill(province, officer, now, 3)
    calling = program(officer)
    if "/" not in path and path not in {"figures", "me"}:
        path = f"{path}/{calling.get(path).json()['items'][0]['id']}"
    assert counted(calling, path)[0] <= 15


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("agreements", {**DRAFT, "ours": "Agency 0", "theirs": "Agency 1", "signed": "2025-03"}),
        ("organisations", {"kind": "company", "name_ko": "새 기관"}),
        ("people", {"name_ko": "새 사람"}),
        ("engagements", {"kind": "visit", "title_ko": "방문", "starts_on": "2025-03-03"}),
        ("commitments", {"words": "보낸다", "side": "theirs", "said_on": "2025-03-03"}),
    ],
)
def test_a_create_asks_fifteen_questions_at_most(program, officer, province, now, path, body):
    fill(province, officer, now, 2)
    calling = program(officer)
    # The first record of a year begins a series of numbers, which no other has to.
    calling.post("agreements", DRAFT)
    count, asked = counted(calling, path, body)
    assert count <= 15, "\n".join(asked)


# The schema


def test_the_schema_is_told_in_both_languages_and_whole(client):
    found = {
        language: json.loads(
            client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).content
        )
        for language in ("ko", "en")
    }
    operations = {
        f"{method.upper()} {path}" for path, own in found["en"]["paths"].items() for method in own
    }
    assert operations == {f"{one.method} {one.address}" for one in door.operations}
    assert len({one.name for one in door.operations}) == len(door.operations)
    fields = {
        language: told["paths"]["/api/v1/agreements"]["post"]["requestBody"]["content"][
            "application/json"
        ]["schema"]
        for language, told in found.items()
    }
    assert fields["en"]["required"] == ["kind", "title_ko"]
    assert fields["en"]["properties"]["kind"]["enum"] == list(Agreement.Kind)
    assert fields["ko"]["properties"]["title_ko"] == {
        "type": "string", "maxLength": 200, "title": "국문 제목",
    }  # fmt: skip
    assert found["en"]["openapi"] == "3.1.0"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_tells_every_operation(client, language):
    client.cookies["language"] = language
    page = client.get("/api/v1/docs").content.decode()
    assert all(f"{one.method} {one.address}" in page for one in door.operations)
    assert '<script src="http' not in page


def test_a_void_agreement_takes_no_step(program, officer, province, now):
    row = makers.agreement(province.division, voided_at=now, voided_reason="두 번 적음")
    reply = program(officer).post(f"agreements/{row.pk}/sign", {"signed": "2025-03"})
    assert (reply.status_code, reply["Content-Type"]) == (409, "application/problem+json")


def test_commitments_of_others_are_not_listed(program, person_with, province):
    makers.commitment(province.division)
    assert Commitment.objects.count() == 1
    told = program(person_with("viewer", province.other)).get("commitments").json()
    assert told["items"] == []
