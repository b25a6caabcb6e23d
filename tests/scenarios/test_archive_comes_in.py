"""An archive of agreements comes in as a spreadsheet, is looked at, and is worked with."""

import pytest
from django.urls import reverse
from tests.imports.sheets import TWO_LINES, TWO_LINES_MERGED, upload, workbook

from gyoryu.agreements.models import Agreement
from gyoryu.imports.models import Batch
from gyoryu.jobs.tasks import worker
from gyoryu.parties import actions as parties

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_of_a_province_becomes_its_register(desk, office, officer, now):
    parties.add_organisation(
        office.root, {"kind": "government", "name_ko": "한결도"}, by=None, at=now
    )
    content = workbook(TWO_LINES, merged=TWO_LINES_MERGED)
    fields = {
        "kind": "agreements",
        "unit": office.division.pk,
        "file": upload(content, "대장.xlsx"),
    }
    reply = desk.client.post(reverse("import-new"), fields, follow=True)
    form = reply.context["form"]
    # The officer corrects what was guessed: nothing here; and says whose the list is.
    chosen = {name: form[name].value() for name in form.fields}
    chosen = {name: value for name, value in chosen.items() if value not in (None, False)}
    chosen |= {"ours": "한결도", "agreement_kind": "mou"}
    batch = Batch.objects.get()
    desk.client.post(reverse("import-columns", args=[batch.pk]), chosen)
    worker.run_waiting()
    desk.client.post(reverse("import-save", args=[batch.pk]), {"policy": "all"})
    worker.run_waiting()
    row = Agreement.objects.get(number="HG-001")
    page = desk.client.get(row.get_absolute_url()).content.decode()
    # Its page shows the partner, the course from the file, and what it owes from now on.
    for words in ("마루시 교육국", "한결도", "대장.xlsx", "평가회의"):
        assert words in page
    listed = desk.client.get(reverse("agreements") + "?q=사라군").content.decode()
    assert "사라군 농업기술 양해각서" in listed
