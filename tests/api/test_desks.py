"""What programs do at the desks of search, the register, imports and jobs, from end to end."""

import hashlib
from datetime import date

import pytest
from django.test import Client
from tests.agreements import register_makers as makers
from tests.imports.sheets import PLAIN, upload, workbook

from gyoryu.agreements.models import Agreement
from gyoryu.history import actions as history
from gyoryu.imports import tables
from gyoryu.jobs.tasks import worker
from gyoryu.newsroom.models import Source
from gyoryu.parties import actions as parties
from gyoryu.parties.models import Region

pytestmark = pytest.mark.django_db(transaction=True)


def handed_in(calling, address, fields, key="a"):
    headers = {"Authorization": f"Bearer {calling.secret}", "Idempotency-Key": key,
               "Accept-Language": calling.language}  # fmt: skip
    return calling.client.post(f"/api/v1/{address}", fields, headers=headers)


@pytest.fixture
def ours(province, now):
    for code, name_ko, name_en in (("CN", "중국", "China"), ("JP", "일본", "Japan")):
        country = Region.objects.create(
            kind="country", code=code, name_ko=name_ko, name_en=name_en, path=f"new-{code}"
        )
        country.path = f"/{country.pk}/"
        country.save()
        parties.regions.aliases.write_names(country, new=True, by=None)
    values = {"kind": "government", "name_ko": "한결도", "name_en": "Hangyeol Province"}
    return parties.add_organisation(province.root, values, by=None, at=now)


def worked(calling, reply):
    """Let a worker do what was queued; the job says that it is done."""
    assert reply.status_code == 202, reply.content
    assert (reply["Location"], reply.json()["kind"]) == (reply.json()["href"], "job")
    before = calling.get(reply["Location"]).json()
    assert worker.run_waiting() == 1
    after = calling.get(reply["Location"]).json()
    return before["state"], after["state"], after["trouble"]


DONE = ("waiting", "done", "")


def test_an_import_is_made_whole_and_undone(program, officer, province, ours):
    calling = program(officer)
    content = workbook([*PLAIN, [4, "", "2024-02-31", "중국", "하나시 정부", "", "없는상태"]])
    fields = {"kind": "agreements", "unit": province.division.pk}
    taken = handed_in(calling, "imports", {**fields, "file": upload(content)})
    again = handed_in(calling, "imports", {**fields, "file": upload(content)})
    assert (taken.status_code, again.json()) == (201, taken.json())
    href = taken["Location"]
    told = calling.get(f"{href}/columns").json()
    places = {one["field"]: one["place"] for one in told["columns"] if one["field"]}
    assert (places["title_ko"], places["signed"], told["rows"]) == (1, 2, 4)
    assert told["columns"][1]["texts"][0] == PLAIN[1][1]
    chosen = {"ours": ours.pk, f"column_{places['title_ko']}": "title_ko"}
    assert worked(calling, calling.post(f"{href}/columns", chosen)) == DONE
    checked = calling.get(href).json()
    assert [checked[name] for name in ("status", "rows", "new", "wrong")] == ["checked", 4, 3, 1]
    first = calling.get(f"{href}/lines?size=3").json()
    second = calling.get(first["next"]).json()
    assert [one["row"] for one in first["items"] + second["items"]] == [2, 3, 4, 5]
    assert second["next"] is None
    wrong = calling.get(f"{href}/lines?tab=wrong").json()["items"]
    assert {one["field"] for one in wrong[0]["errors"]} >= {"title_ko", "signed"}
    sheet = tables.read(calling.get(f"{href}/failed").content, "failed.xlsx").sheet
    assert sheet.rows[1][0] == "5"
    assert calling.post(f"{href}/save", {"policy": "all"}).status_code == 409
    assert worked(calling, calling.post(f"{href}/save", {"policy": "good"})) == DONE
    assert calling.get("agreements").json()["items"][0]["title_ko"] in {row[1] for row in PLAIN}
    assert calling.get(f"{href}/obstacles").json() == {"items": []}
    assert worked(calling, calling.post(f"{href}/undo")) == DONE
    assert calling.get(href).json()["status"] == "undone"
    assert Agreement.objects.filter(voided_at=None).count() == 0
    assert len(calling.get("imports?status=undone").json()["items"]) == 1


def test_a_file_that_is_no_sheet_is_refused_at_its_field(program, officer, province):
    fields = {"kind": "people", "unit": province.division.pk, "file": upload(b"PK\x03\x04 no")}
    reply = handed_in(program(officer), "imports", fields)
    assert (reply.status_code, list(reply.json()["errors"])) == (422, ["file"])


def test_an_auditor_reads_imports_and_makes_none(program, person_with, province):
    calling = program(person_with("auditor"))
    assert calling.get("imports").status_code == 200
    assert calling.post("imports", {"kind": "people"}).status_code == 403


def test_what_was_just_written_is_found_with_why(program, officer, province, now):
    calling = program(officer)
    made = calling.post(
        "agreements",
        {"kind": "mou", "title_ko": "청년 교류 협약", "summary": "수소 경제에서 함께 일한다."},
    )
    history.seal(by=None, at=now)
    told = calling.get("search?q=수소").json()
    hit = told["items"][0]
    assert (told["count"], hit["kind"], hit["id"]) == (1, "agreement", made.json()["id"])
    assert hit["href"] == made["Location"]
    assert [one for why in hit["why"] for one in why["pieces"]][:2] == [
        {"text": "수소", "marked": True},
        {"text": " 경제에서 함께 일한다.", "marked": False},
    ]
    assert [(one["value"], one["count"]) for one in told["kinds"]] == [("agreement", 1)]
    assert calling.get("search?q=수소&kind=person").json()["items"] == []
    assert calling.get(hit["href"]).status_code == 200


def test_a_token_finds_only_what_it_is_let_into(program, officer, province, now):
    calling = program(officer)
    calling.post("agreements", {"kind": "mou", "title_ko": "수소 협약"})
    history.seal(by=None, at=now)
    assert calling.get("search?q=수소").json()["count"] == 1
    narrow = program(officer, ["home.read", "parties.read"])
    assert narrow.get("search?q=수소").json()["count"] == 0


@pytest.mark.parametrize(
    ("asked", "field"),
    [("", "q"), ("q=", "q"), ("q=a&page=2", "page"), ("q=a&page=0", "page"), ("q=a&x=1", "x"),
     ("q=a&kind=moon", "kind"), ("q=a&year=1", "year"), ("q=" + "a" * 500, "q")],
)  # fmt: skip
def test_a_search_refuses_what_it_cannot_take(program, officer, asked, field):
    reply = program(officer).get(f"search?{asked}")
    assert (reply.status_code, list(reply.json()["errors"])) == (422, [field])


def in_force(province, now, title):
    partner = makers.organisation(province.division, now, "미래성", "Mirae Province")
    return makers.agreement(
        province.division, partner, number="AG-2020-0001", status="in_force", title_ko=title,
        title_en="Agreement", signed_on=date(2020, 3, 1), signed_precision="day",
    )  # fmt: skip


def test_a_month_is_published_corrected_and_open_to_all(program, approver, province, now):
    calling, row = program(approver), in_force(province, now, "우호협력 협약")
    government = f"governments/{province.root.pk}"
    told = calling.get(f"{government}/next").json()
    assert (told["month"], told["rows"]) == ("2025-03", 1)
    assert calling.post(f"{government}/publish").status_code == 422
    made = calling.post(f"{government}/publish", {"month": "2025-03"})
    assert made.status_code == 201, made.content
    page = calling.get(made["Location"]).json()
    assert [page[name] for name in ("edition", "count", "newest")] == ["2025-03.v1", 1, True]
    file = next(one for one in page["files"] if (one["language"], one["kind"]) == ("ko", "json"))
    read = Client().get(file["address"])
    content = read.content if not read.streaming else b"".join(read.streaming_content)
    assert hashlib.sha256(content).hexdigest() == file["sha256"] == page["digest"]
    assert calling.get(f"{government}/changed").json()["items"] == []
    assert calling.post(f"{made['Location']}/correct", {"reason": "없음"}).status_code == 409
    assert calling.patch(f"agreements/{row.pk}", {"title_ko": "우호 협약"}).status_code == 200
    drift = calling.get(f"{government}/changed").json()["items"]
    assert [(one["agreement"]["id"], one["fields"][0]["new"]) for one in drift] == [
        (row.pk, "우호 협약")
    ]
    would = calling.get(f"{made['Location']}/correction").json()
    assert [one["key"] for one in would["lines"]] == ["AG-2020-0001"]
    corrected = calling.post(f"{made['Location']}/correct", {"reason": "제목을 바로잡음"})
    assert corrected.status_code == 201, corrected.content
    assert [one["edition"] for one in calling.get("publications").json()["items"]] == [
        "2025-03.v2", "2025-03.v1",
    ]  # fmt: skip
    newest = calling.get("governments").json()["items"]
    assert newest[0]["newest"] == {"id": corrected.json()["id"], "name": "2025-03.v2"}


def test_a_version_and_a_public_page_are_withdrawn(program, officer, approver, province, now):
    calling, row = program(approver), in_force(province, now, "협약")
    made = calling.post(f"governments/{province.root.pk}/publish", {"month": "2025-03"})
    page, told = f"agreements/{row.pk}/publication", {"reason": "오기"}
    assert program(officer).post(f"{page}/withdraw", told).status_code == 403
    assert list(calling.post(f"{page}/withdraw", {}).json()["errors"]) == ["reason"]
    assert calling.post(f"{page}/withdraw", told).status_code == 200
    assert calling.post(f"{page}/withdraw", told).status_code == 409
    state = calling.get(page).json()
    assert (state["withdrawal"], state["withdrawn_at"][:10]) == ("오기", "2025-04-01")
    assert calling.post(f"{made['Location']}/withdraw", told).status_code == 200
    assert calling.post(f"{made['Location']}/withdraw", told).status_code == 409
    edition = calling.get(made["Location"]).json()
    assert (edition["withdrawal"], edition["withdrawn_by"]["id"]) == ("오기", approver.pk)
    file = calling.client.get(edition["files"][0]["address"])
    assert (file.status_code, file.json()["status"]) == (410, 410)


def test_the_rule_of_an_agreement_is_set_and_given_back(program, officer, province, now):
    calling, row = program(officer), in_force(province, now, "협약")
    address = f"agreements/{row.pk}/publication"
    assert [calling.get(address).json()[name] for name in ("own", "level")] == [False, "public"]
    bare = calling.patch(address, {"level": "withheld", "reason": "교섭 중"})
    assert (bare.status_code, list(bare.json()["errors"])) == (422, ["ground"])
    told = {"level": "withheld", "ground": "9-1-2", "reason": "교섭 중"}
    assert calling.patch(address, told).status_code == 200
    assert [calling.get(address).json()[name] for name in ("own", "level", "ground")] == [
        True, "withheld", "9-1-2",
    ]  # fmt: skip
    back = {"level": "", "ground": "", "reason": "교섭이 끝남"}
    assert calling.patch(address, back).status_code == 200
    assert calling.get(address).json()["own"] is False


def test_the_policy_of_a_kind_is_set(program, approver, officer, province):
    address = f"governments/{province.root.pk}/policy"
    told = {"level": "title", "reason": "본문은 따로 공개"}
    assert program(officer).patch(f"{address}/mou", told).status_code == 403
    assert program(approver).patch(f"{address}/nothing", told).status_code == 404
    assert program(approver).patch(f"{address}/mou", told).status_code == 200
    kinds = program(officer).get(address).json()["items"]
    assert next(one for one in kinds if one["kind"] == "mou") == {
        "kind": "mou", "level": "title", "ground": "", "own": True,
    }  # fmt: skip


def test_a_visit_is_queued_once_and_taken_back(program, officer, person_with, province):
    source = Source.objects.create(
        unit=province.division, kind="feed", name="소식", address="https://news.example.test/feed"
    )
    calling = program(officer)
    first, second = (calling.post(f"sources/{source.pk}/visit") for _n in range(2))
    assert (first.status_code, first.json()) == (202, second.json())
    href = first["Location"]
    assert calling.post(f"{href}/retry").status_code == 409
    reader = program(person_with("viewer"))
    assert (reader.get(href).status_code, reader.post(f"{href}/cancel").status_code) == (404, 404)
    assert program(person_with("auditor"), ["jobs.read"]).get(href).status_code == 200
    assert calling.post(f"{href}/cancel").status_code == 200
    assert calling.get(href).json()["state"] == "cancelled"
    assert calling.post(f"{href}/retry").status_code == 200
    assert [one["state"] for one in calling.get("jobs?tab=waiting").json()["items"]] == ["waiting"]
