"""One import in a real browser, with and without a script: file, columns, preview, saved."""

import pytest
from django.urls import reverse
from tests.imports.conftest import ours, places  # noqa: F401 (fixtures)
from tests.imports.sheets import PLAIN, workbook

from gyoryu.agreements.models import Agreement
from gyoryu.imports.models import Batch
from gyoryu.jobs.tasks import worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_an_officer_imports_a_list_by_hand(
    script, window, officer, places, ours, tmp_path  # noqa: F811
):  # fmt: skip
    file = tmp_path / "협약.xlsx"
    file.write_bytes(workbook([*PLAIN, [4, "", "2024-01-01", "", "", "", ""]]))
    page = window(officer, width=390, script=script)
    page.goto(reverse("import-new") + "?kind=agreements")
    page.set_input_files("input[type=file]", file)
    page.click("text=파일 올리기")
    page.fill("input[name=ours]", f"한결도 #{ours.pk}")
    page.click("text=모든 행 확인")
    worker.run_waiting()
    page.goto(Batch.objects.get().get_absolute_url())
    assert "B5" in page.inner_text("main")
    page.check("input[value=good]", force=True)
    page.click("text=3행 저장")
    worker.run_waiting()
    page.goto(Batch.objects.get().get_absolute_url())
    assert "저장됨" in page.inner_text("header.page-head")
    assert page.inner_text("tbody").count("신규") == 3
    assert Agreement.objects.count() == 3
