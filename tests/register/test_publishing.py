"""Publishing freezes a month for good; what comes later is a later version or a later month."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from register_moments import moment

from gyoryu.agreements.actions import agreements, duties
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.register import actions
from gyoryu.register.models import Publication, Rule
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls.canonical import canonical, digest
from gyoryu.register.sheets import document as sheets

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = date(2025, 3, 1), date(2025, 2, 1)


@pytest.fixture
def published(province, make, officer):
    """Two agreements, published for February and March."""
    make("2024-01-10")
    make("2025-03-14", title_ko="한결도–난징시 업무협약", title_en="", kind="friendship")
    publish = {"by": officer}
    actions.publish(province.root, FEBRUARY, at=moment("2025-03-04"), **publish)
    return actions.publish(province.root, MARCH, at=moment("2025-04-01"), **publish)


def files(publication):
    whole = sheets.whole(publication)
    return {
        f"{language}.{kind}": sheets.file(whole, kind, language)
        for language in ("ko", "en")
        for kind in sheets.KINDS
    }


def reason_of(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.field or str(refusal.value)


def test_the_json_file_is_the_frozen_document_and_its_digest_is_the_publications(published):
    content = files(published)["ko.json"]
    assert digest(content) == published.digest == published.files["en.json"]
    whole = json.loads(content)
    assert content.decode() == canonical(whole)
    assert (whole["edition"], whole["as_of"], whole["counts"]["all"]) == (
        "2025-03.v1", "2025-03-31", 2,
    )  # fmt: skip
    assert [row["key"] for row in whole["rows"]] == ["AG-2024-0001", "AG-2025-0001"]


def test_every_file_is_the_same_to_the_byte_however_the_record_goes_on(
    published, province, world, officer, settings
):
    before = files(published)
    settings.SITE_ADDRESS = "https://elsewhere.example.test"
    settings.REGISTER_LICENCE = ["other", "다른", "Other", "https://example.test/"]
    made = published.lines.first().agreement
    agreements.change(made, {"title_en": "Another"}, by=officer, at=moment("2025-04-02"))
    agreements.void(made, reason="잘못", by=None, at=moment("2025-04-03"))
    province.root.name_ko = "새 이름"
    province.root.save()
    again = files(Publication.objects.get(pk=published.pk))
    assert again == before
    assert {name: digest(content) for name, content in again.items()} == published.files


def test_a_workbook_tells_no_time_but_its_publications(published):
    with zipfile.ZipFile(io.BytesIO(files(published)["ko.xlsx"])) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2025-04-01T01:00:00Z" in book.read("docProps/core.xml").decode()


def test_a_csv_opens_in_korean_and_takes_no_cell_for_a_formula(province, make, officer):
    make("2024-01-10", title_ko="=HYPERLINK(1)", title_en="+1")
    made = actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    content = files(made)["ko.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    heading, line = content.decode("utf-8-sig").splitlines()
    assert heading.startswith("번호,공개 범위,비공개 근거,국문 제목")
    assert ",'=HYPERLINK(1),'+1," in line


def test_what_changed_since_the_month_before_is_frozen_with_it(published, province, officer):
    changes = sheets.head(published)["changes"]
    assert changes["since"] == "2025-02.v1"
    assert [(one["change"], one["key"]) for one in changes["lines"]] == [("added", "AG-2025-0001")]
    first, second = (line.agreement for line in published.lines.order_by("key"))
    agreements.move(
        first, "suspended", on=date(2025, 4, 7), reason="중단", by=None, at=moment("2025-04-07")
    )
    agreements.move(
        second, "ended", on=date(2025, 4, 9), reason="종료", by=None, at=moment("2025-04-09")
    )
    april = actions.publish(province.root, date(2025, 4, 1), by=officer, at=moment("2025-05-02"))
    lines = sheets.head(april)["changes"]["lines"]
    assert [(one["change"], one["key"]) for one in lines] == [
        ("status", "AG-2024-0001"),
        ("ended", "AG-2025-0001"),
    ]
    said = {one["field"]: (one["old"], one["new"]) for one in lines[0]["fields"]}
    assert said["status"] == ("in_force", "suspended")
    assert said["reason"] == ("서명과 함께 발효", "중단")


def test_a_correction_is_the_next_version_as_of_the_same_day(published, approver, officer):
    first, second = (line.agreement for line in published.lines.order_by("key"))
    agreements.change(first, {"title_en": "Right"}, by=officer, at=moment("2025-04-02"))
    on = date(2025, 4, 2)
    agreements.move(second, "suspended", on=on, reason="4월", by=None, at=moment(on))
    made = actions.correct(published, reason="오기", by=approver, at=moment("2025-04-03"))
    assert (made.edition, made.newest) == ("2025-03.v2", True)
    head = sheets.head(made)
    assert head["corrections"] == {
        "since": "2025-03.v1",
        "lines": [
            {
                "change": "corrected", "key": "AG-2024-0001",
                "title": {"ko": "한결도–장쑤성 업무협약", "en": "Right"},
                "fields": [
                    {
                        "field": "title",
                        "old": {"ko": "한결도–장쑤성 업무협약", "en": "Hangyeol–Jiangsu MOU"},
                        "new": {"ko": "한결도–장쑤성 업무협약", "en": "Right"},
                    }
                ],
            }
        ],
    }  # fmt: skip
    # A step of April is no matter of March.
    assert {row["status"] for row in sheets.whole(made)["rows"]} == {"in_force"}
    published.refresh_from_db()
    assert (published.newest, digest(files(published)["ko.json"])) == (False, published.digest)


@pytest.mark.usefixtures("published")
def test_each_refusal_says_why(province, officer, approver, person_with):
    at, root = moment("2025-04-01"), province.root

    def publish(month, by=officer, at=at, government=root):
        return lambda: actions.publish(government, month, by=by, at=at)

    assert reason_of(publish(MARCH)) == "month"
    assert reason_of(publish(date(2025, 4, 1))) == "month"
    assert reason_of(publish(date(2025, 1, 1))) == "month"
    assert "부서가 아니라" in reason_of(publish(MARCH, government=province.bureau, by=None))
    assert "서명한 협약이" in reason_of(publish(MARCH, by=None, government=province.other))
    assert "권한이 없" in reason_of(publish(MARCH, by=person_with("viewer")))
    assert "권한이 없" in reason_of(publish(MARCH, by=person_with("officer", province.other)))
    newest = queries.newest(root)
    correct = {"by": approver, "at": at}
    assert reason_of(lambda: actions.correct(newest, reason=" ", **correct)) == "reason"
    assert "달라진 것이" in reason_of(lambda: actions.correct(newest, reason="오기", **correct))
    assert "권한이 없" in reason_of(
        lambda: actions.correct(newest, reason="오기", by=officer, at=at)
    )


def test_a_corrected_version_is_not_corrected_again(published, approver, officer):
    made = published.lines.first().agreement
    agreements.change(made, {"title_en": "Right"}, by=officer, at=moment("2025-04-02"))
    actions.correct(published, reason="오기", by=approver, at=moment("2025-04-03"))
    again = reason_of(
        lambda: actions.correct(published, reason="오기", by=approver, at=moment("2025-04-03"))
    )
    assert "이미 정정된" in again


def test_publishing_does_the_duty_of_every_agreement_with_itself_as_evidence(
    province, make, officer, now
):
    duties.install_policy(province.root, by=None, at=moment("2024-01-02"))
    made = make("2024-01-10")
    duties.plan(made, on=date(2025, 4, 1), by=None, at=now)
    published = actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    done = made.duties.get(kind="publication", done_on=date(2025, 4, 1))
    assert done.evidence.link.endswith(f"/register/{province.root.pk}/2025-03.v1/")
    assert done.evidence.ties.get().record == published.pk
    following = made.duties.get(kind="publication", done_on=None)
    assert following.due_on == date(2025, 5, 5)
    entry = Entry.objects.filter(verb="register.published").get()
    assert entry.changes["digest"] == [None, published.digest]


def test_only_what_the_rule_allows_is_in_the_roll(province, make, world, officer):
    plain = make("2024-01-10")
    ours = plain.parties.get(side="ours")
    agreements.add_signatory(ours, world.governor, by=None, at=moment("2024-01-10"))
    company = agreements.add_party(plain, world.company, "theirs", by=None, at=moment("2024-01-10"))
    agreements.add_signatory(company, world.trader, by=None, at=moment("2024-01-10"))
    intent = make("2024-02-01", kind="loi", title_ko="의향서")
    hidden = make("2024-03-01", title_ko="비밀 협약", parent=plain, summary="내부 메모")
    actions.set_rule(
        hidden, "withheld", ground="9-1-2", reason="협의", by=officer, at=moment("2025-03-01")
    )
    made = actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    told, title_only, withheld = sheets.whole(made)["rows"]
    governor = {"ko": "지사", "en": "Governor"}
    signed = [one["signatories"] for one in told["parties"]]
    assert signed == [
        [{"name": {"ko": "윤해준", "en": "Yoon Haejun"}, "title": governor}],
        [],
        [{"name": None, "title": {"ko": "대표", "en": "Chief executive"}}],
    ]  # fmt: skip
    assert set(title_only) == {
        "key", "publication", "ground", "title", "partners", "partner_region"
    }  # fmt: skip
    assert withheld == {"key": hidden.number, "publication": "withheld", "ground": "9-1-2"}
    text = canonical(sheets.whole(made))
    for private in ("비밀 협약", "내부 메모", "김가온", "Gaon Kim", "원본을 찾지 못함"):
        assert private not in text
    assert intent.number == title_only["key"]


def test_withholding_what_was_published_tells_nothing_of_it_again(published, province, officer):
    first = published.lines.order_by("key").first().agreement
    also = {"by": officer, "at": moment("2025-04-20")}
    actions.set_rule(first, "withheld", ground="9-1-6", reason="개인정보", **also)
    april = actions.publish(province.root, date(2025, 4, 1), by=officer, at=moment("2025-05-02"))
    [line] = sheets.head(april)["changes"]["lines"]
    assert line == {
        "change": "withdrawn", "key": first.number, "title": None,
        "fields": [
            {"field": "ground", "old": "", "new": "9-1-6"},
            {"field": "publication", "old": "public", "new": "withheld"},
        ],
    }  # fmt: skip
    # Nor does a month that nobody published, computed now.
    [row] = queries.rows_of(queries.unpublished(province.root, date(2025, 1, 1)))
    assert row["publication"] == "withheld"


def test_a_rule_names_its_ground_and_its_reason(make, officer, province):
    made = make("2024-01-10")
    also = {"by": officer, "at": moment("2025-04-01")}
    for values, field in (
        ({"level": "withheld", "reason": "x"}, "ground"),
        ({"level": "public", "ground": "9-1-1", "reason": "x"}, "ground"),
        ({"level": "", "ground": "9-1-1", "reason": "x"}, "ground"),
        ({"level": "public", "reason": " "}, "reason"),
    ):
        level = values.pop("level")
        assert reason_of(lambda: actions.set_rule(made, level, **values, **also)) == field  # noqa: B023
    actions.set_rule(made, "title", reason="협의 중", **also)
    actions.set_rule(made, "", reason="끝남", **also)
    assert not Rule.objects.filter(agreement=made).exists()
    told = Entry.objects.filter(verb="register.rule_changed").order_by("pk")
    assert [(one.changes, one.reason) for one in told] == [
        ({"publication": ["", "title"]}, "협의 중"),
        ({"publication": ["title", ""]}, "끝남"),
    ]


def test_a_policy_speaks_for_every_agreement_of_a_kind_without_a_rule(
    make, province, approver, officer
):
    made = make("2024-01-10")
    actions.set_default(
        province.root, "mou", "title", reason="도 지침", by=approver, at=moment("2025-04-01")
    )
    actions.set_rule(made, "public", reason="공개", by=officer, at=moment("2025-04-01"))
    make("2024-01-11")
    rows = queries.rows_of(queries.as_of(province.root, MARCH, moment("2025-04-01")))
    assert [row["publication"] for row in rows] == ["public", "title"]


def test_the_database_keeps_one_newest_version_of_a_month(published):
    fields = {"unit": published.unit, "month": MARCH, "published_at": moment("2025-04-02")}
    fields |= {"head": "{}", "digest": "0" * 64, "count": 0}
    for values in ({"version": 1}, {"version": 2, "reason": ""}, {"version": 2, "reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(**fields, **values)


def test_twins_with_one_number_have_an_address_each(province, make, officer):
    one, other = make("2024-01-10"), make("2024-01-11")
    type(one).objects.filter(pk=other.pk).update(number=one.number, unit=province.bureau)
    made = actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    keys = [line.key for line in made.lines.order_by("key")]
    assert keys == [one.number, f"{one.number}-{other.pk}"]


def test_who_approves_is_reminded_once_a_step_of_a_month_that_is_not_published(
    published, approver, now
):
    def run(day):
        return actions.remind(on=date.fromisoformat(day), by=None, at=now)

    assert [run(day) for day in ("2025-04-29", "2025-05-01", "2025-05-02")] == [0, 1, 0]
    assert [run(day) for day in ("2025-05-05", "2025-05-06", "2025-05-07")] == [1, 1, 0]
    letters = Letter.objects.filter(key__startswith="register:").order_by("pk")
    assert [(one.to, one.link) for one in letters] == [(approver, reverse("publication-next"))] * 3
    assert letters[0].subject == "2025년 4월 대장을 공표해 주십시오"
    assert letters[2].subject == "2025년 4월 대장 공표가 늦었습니다"


def test_a_register_that_was_never_begun_reminds_nobody(province, make, approver, now):
    make("2024-01-10")
    assert actions.remind(on=date(2025, 5, 20), by=None, at=now) == 0


def test_only_marked_documents_are_told(province, make, officer, now):
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = make("2024-01-10")
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

    def hold(title):
        file = SimpleUploadedFile("a.pdf", pdf + title.encode() + b"\n%%EOF\n", "application/pdf")
        return evidence.hold(made, kind="signed_text", title=title, file=file, by=None, at=now)

    shown, _kept = hold("서명본"), hold("내부 검토서")
    actions.set_rule(
        made, "public", documents=[shown], reason="공개", by=officer, at=moment("2025-04-01")
    )
    rows = queries.rows_of(queries.as_of(province.root, MARCH, moment("2025-04-01")))
    assert [one["title"] for one in rows[0]["documents"]] == ["서명본"]
