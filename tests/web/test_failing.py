"""What a page needs is there, and what fails says so in the look of the house."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import Http404
from django.test import RequestFactory

import gyoryu
from gyoryu.insight.views import home

NAMED = re.compile(r"{% static ['\"]([^'\"]+)['\"] %}")


def test_every_file_that_a_page_names_is_there():
    pages = Path(gyoryu.__file__).parent.rglob("*.html")
    named = {name for page in pages for name in NAMED.findall(page.read_text())}
    assert "web/gyoryu.css" in named
    assert [name for name in sorted(named) if finders.find(name) is None] == []


@pytest.mark.parametrize("address", ["/static/no-such-file.js", "/no/such/page/"])
def test_a_missing_address_without_anybody_signed_in_is_a_page(address):
    page = home.not_found(RequestFactory().get(address), Http404())
    assert page.status_code == 404
    assert "없는 쪽입니다" in page.content.decode()


def test_a_failure_is_told_even_when_the_database_is_what_failed():
    # This test has no database: one question to it would fail.
    page = home.broken(RequestFactory().get("/agreements/?q=1"))
    assert page.status_code == 500
    assert "문제가 생겼습니다" in page.content.decode()
    assert "/agreements/%3Fq%3D1" in page.content.decode()
