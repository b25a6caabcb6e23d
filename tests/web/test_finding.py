"""A text in titles and names: the index of pieces finds what looking at each row does."""

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gyoryu.agreements.models import Agreement
from gyoryu.parties.models import Alias
from gyoryu.web import finding

# Few letters, so that texts do occur in each other; signs that databases have a meaning for.
LETTERS = st.text("가나수원 aBbİß%_'\"\\*-\n", max_size=8)


def stored():
    return Alias.objects.order_by("pk")


def looked_at(text):
    """Find a text by looking at each row."""
    return set(stored().filter(Q(name__icontains=text) | Q(key__icontains=text)).values_list("pk"))


def found(text):
    return set(stored().filter(finding.holding(Alias, text)).values_list("pk"))


class TheIndex(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=6), LETTERS, st.data())
    def test_finds_what_looking_at_each_row_finds(self, names, other, data):
        Alias.objects.all().delete()
        rows = Alias.objects.bulk_create([Alias(name=name, key=key) for name, key in names])
        whole = data.draw(st.sampled_from(names))[0]
        start = data.draw(st.integers(0, len(whole)))
        asked = [whole, whole[start:], whole[:start], other]
        assert [found(text) for text in asked] == [looked_at(text) for text in asked]
        # What is renamed is found by its new name at once and no more by its old one.
        Alias.objects.filter(pk=rows[0].pk).update(name=other)
        if len(rows) > 1:
            rows[-1].delete()
        assert [found(text) for text in asked] == [looked_at(text) for text in asked]


@pytest.mark.django_db
def test_two_syllables_any_case_and_a_sign_are_found():
    Alias.objects.create(name="수원특례시 100% Green", key="suwon")
    told = {text: bool(found(text)) for text in ("수원", "례시 1", "0% g", "GREEN", "0_ g", "시수")}
    assert told == {
        "수원": True, "례시 1": True, "0% g": True, "GREEN": True, "0_ g": False, "시수": False,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("few", [True, False], ids=["by the index", "by each row"])
def test_rows_are_narrowed_to_a_text_or_to_what_is_elsewhere(province, monkeypatch, few):
    monkeypatch.setattr(finding, "KEPT", 20 if few else 0)
    made = [
        Agreement.objects.create(
            unit=province.division, kind="mou", title_ko=title, number=f"AG-{n}", status="draft",
            status_since="2025-01-01",
        )
        for n, title in enumerate(["우호협약", "협약 둘째", "공동선언"])
    ]  # fmt: skip
    rows, last = Agreement.objects.order_by("pk"), Agreement.objects.filter(pk=made[2].pk)
    assert finding.common(Agreement, "협약") is not few
    assert list(finding.narrowed(rows, "협약")) == made[:2]
    assert list(finding.narrowed(rows, "우호", last.values("pk"))) == [made[0], made[2]]


def test_a_list_tells_the_same_whether_it_remembers_what_it_found(
    province, officer, signed_in, monkeypatch
):
    for number, status in enumerate(["draft", "draft", "in_force"]):
        signed = "2025-01-01" if status == "in_force" else None
        Agreement.objects.create(
            unit=province.division, kind="mou", title_ko=f"우호협약 {number}", signed_on=signed,
            number=f"AG-{number}", status=status, status_since="2025-01-01", signed_first=signed,
        )  # fmt: skip
    told, browser = [], signed_in(officer)
    for kept in (finding.KEPT, 0):
        monkeypatch.setattr(finding, "KEPT", kept)
        for address in ("?q=협약", "?q=협약 2", "?q=협약&tab=coming", "?q=없음"):
            listing = browser.get(f"/agreements/{address}").context["listing"]
            told.append((listing.counts, listing.count, [row.title_ko for row in listing.page]))
    assert told[:4] == told[4:]
    assert [count for _counts, count, _page in told[:4]] == [3, 1, 2, 0]


@pytest.mark.django_db
def test_many_numbers_are_one_value():
    made = Alias.objects.bulk_create([Alias(name=f"이름 {n}", key="") for n in range(40)])
    asked = [row.pk for row in made[::2]]
    assert list(stored().filter(finding.among(asked)).values_list("pk", flat=True)) == asked
    assert not stored().filter(finding.among([])).exists()


@pytest.mark.django_db
def test_every_model_with_pieces_has_its_index_and_what_keeps_it():
    """A migration that makes a table anew on SQLite takes its triggers away; it calls put_up."""
    models = finding.indexed()
    assert {model.__name__ for model in models} == {
        "Agreement", "Alias", "Commitment", "Consultation", "Deal", "Delegation", "Engagement",
        "Event",
    }  # fmt: skip
    for model in models:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
                    " AND name LIKE '%%pieces%%' ORDER BY name",
                    [table],
                )
                wanted = [f"{table}_pieces_{what}" for what in ("anew", "in", "out")]
            else:
                cursor.execute(
                    "SELECT indexname FROM pg_indexes WHERE indexname = %s", [f"{table}_pieces"]
                )
                wanted = [f"{table}_pieces"]
            assert [row[0] for row in cursor.fetchall()] == wanted
        explained = model._default_manager.filter(finding.holding(model, "수원")).explain()
        assert "VIRTUAL TABLE INDEX" in explained or connection.vendor != "sqlite"
