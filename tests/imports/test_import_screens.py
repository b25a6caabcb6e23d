"""One import on its screens: the file, its columns, the preview, the result, and back again."""

import pytest
from django.urls import reverse
from tests.imports.sheets import PLAIN, checked, errors, upload, workbook

from gyoryu.agreements.models import Agreement
from gyoryu.imports import tables
from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.jobs.tasks import worker

pytestmark = pytest.mark.django_db(transaction=True)


def columns_of(reply):
    """Return the form of the columns as it is shown, ready to be posted."""
    form = reply.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in fields.items() if value not in (None, False)}


def test_an_officer_imports_a_list_and_undoes_it(province, officer, signed_in, places, ours):
    browser = signed_in(officer)
    reply = browser.get(reverse("import-new") + "?kind=agreements")
    assert reply.status_code == 200
    fields = {"kind": "agreements", "unit": province.division.pk, "file": upload(workbook(PLAIN))}
    reply = browser.post(reverse("import-new"), fields, follow=True)
    batch = Batch.objects.get()
    assert reply.redirect_chain[-1][0] == reverse("import-columns", args=[batch.pk])
    chosen = columns_of(reply) | {"ours": f"한결도 #{ours.pk}"}
    assert chosen["column_1"] == "title_ko"
    assert chosen["column_2"] == "signed"
    reply = browser.post(reverse("import-columns", args=[batch.pk]), chosen, follow=True)
    assert reply.status_code == 200
    assert worker.run_waiting() == 1
    reply = browser.get(batch.get_absolute_url())
    assert [line.outcome for line in reply.context["lines"]] == ["new", "new", "new"]
    browser.post(reverse("import-save", args=[batch.pk]), {"policy": "all"})
    assert Batch.objects.get().status == "saving"
    worker.run_waiting()
    batch = Batch.objects.get()
    assert (batch.status, batch.trouble, Agreement.objects.count()) == ("saved", "", 3)
    assert browser.get(batch.get_absolute_url()).status_code == 200
    assert browser.get(reverse("imports")).status_code == 200
    assert browser.get(reverse("import-undo", args=[batch.pk])).status_code == 200
    browser.post(reverse("import-undo", args=[batch.pk]), {})
    worker.run_waiting()
    batch = Batch.objects.get()
    assert (batch.status, batch.trouble) == ("undone", "")
    assert Agreement.objects.filter(voided_at=None).count() == 0


def test_a_row_with_an_error_stops_all_unless_the_good_are_taken(
    province, officer, signed_in, places, ours, now
):
    rows = [*PLAIN, [4, "", "2024-02-31", "중국", "=1", "", "없는상태"]]
    rows[-1][4] = "하나시 정부"
    browser = signed_in(officer)
    batch = batches.take(
        province.division, "agreements", upload(workbook(rows)), by=officer, at=now
    )
    batch = checked(batch, officer, now, ours=ours.pk)
    reply = browser.get(batch.get_absolute_url() + "?outcome=wrong")
    page = reply.content.decode()
    assert "2024-02은" in page or "29" in page
    assert "B5" in page
    assert "C5" in page
    reply = browser.post(reverse("import-save", args=[batch.pk]), {"policy": "all"})
    assert reply.status_code == 422
    assert Agreement.objects.count() == 0
    browser.post(reverse("import-save", args=[batch.pk]), {"policy": "good"})
    worker.run_waiting()
    assert Agreement.objects.count() == 3
    reply = browser.get(reverse("import-failed", args=[batch.pk]))
    sheet = tables.read(reply.content, "failed.xlsx").sheet
    assert sheet.rows[1][0] == "5"
    assert "C5" in sheet.rows[1][-1]


@pytest.mark.parametrize(
    "kind", ["agreements", "organisations", "people", "engagements", "commitments"]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_template_is_read_back_without_correction(
    kind, language, province, officer, signed_in, places, ours, now
):
    address = reverse("import-template", args=[kind]) + f"?language={language}"
    content = signed_in(officer).get(address).content
    batch = batches.take(province.division, kind, upload(content), by=officer, at=now)
    wrong = errors(checked(batch, officer, now, ours=ours.pk, owner=officer.pk))
    assert [one for one in wrong if one[1] not in {"region", "areas"}] == []


def test_what_cannot_be_read_is_refused_beside_the_file(province, officer, signed_in):
    browser = signed_in(officer, "en")
    fields = {"kind": "people", "unit": province.division.pk, "file": upload(b"PK\x03\x04 no")}
    reply = browser.post(reverse("import-new"), fields)
    assert reply.status_code == 422
    assert "The file is damaged" in reply.content.decode()
    assert Batch.objects.count() == 0


def test_the_list_asks_as_few_questions_for_fifty_as_for_one(
    province, officer, signed_in, now, django_assert_max_num_queries
):
    browser = signed_in(officer)
    for count in (1, 3, 50):
        while Batch.objects.count() < count:
            Batch.objects.create(
                unit=province.division, kind="people", name="x.xlsx", sha256="0", at=now, by=officer
            )
        with django_assert_max_num_queries(8):
            assert browser.get(reverse("imports")).status_code == 200
