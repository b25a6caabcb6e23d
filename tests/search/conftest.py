"""A search as a test asks for it, and an index brought up to what was done."""

from datetime import date

import pytest

from gyoryu.history import actions as history
from gyoryu.search import actions
from gyoryu.search.models import Kind
from gyoryu.search.queries import finding, gin, matching

TODAY = date(2025, 4, 1)


@pytest.fixture
def indexed(now):
    """Seal what was done, as its commit would have, and bring the index up to it."""

    def bring_up():
        history.seal(by=None, at=now)
        return actions.catch_up(by=None, at=now)

    return bring_up


@pytest.fixture
def found(monkeypatch):
    """Return what somebody finds: kinds and records.

    The same whether PostgreSQL gathers all matches at once or goes through the time.
    """

    def find(user, text, **narrowed):
        told = []
        for few in (12_000, 0):
            monkeypatch.setattr(gin, "FEW_AT_ONCE", few)
            wanted = finding.wanted(text, user, TODAY, **narrowed)
            told.append({(Kind(match.kind), match.record) for match in matching.matches(wanted)})
        assert told[0] == told[1]
        return told[0]

    return find


@pytest.fixture
def ordered():
    """Return the titles that somebody finds, in order."""

    def find(user, text, **narrowed):
        page = finding.find(finding.wanted(text, user, TODAY, **narrowed))
        return ["".join(piece.text for piece in one.title) for one in page.results]

    return find
