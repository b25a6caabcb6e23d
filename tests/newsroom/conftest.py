"""A source and its articles."""

import newsroom_stages as stages
import pytest

from gyoryu.newsroom.actions import ingest, sources


@pytest.fixture
def parties(province, officer, now):
    return stages.partners(province.division, officer, now)


@pytest.fixture
def source(province, officer, now):
    values = {"kind": "feed", "name": "한결도 소식", "address": "https://news.example.test/feed"}
    return sources.add_source(province.division, values, by=officer, at=now)


@pytest.fixture
def take_in(source, officer, now):
    """Take an article in and return it."""

    def make(*args, by=None, at=now, **told):
        entry = stages.entry(*args, **told)
        return ingest.ingest(source, [entry], by=by or officer, at=at).last

    return make
