"""Merging: every tie moves, nothing is lost, and undoing puts everything back as it was."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from gyoryu.agreements.models import (
    Agreement,
    Delegation,
    Engagement,
    Participant,
    Party,
    Signatory,
)
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document, Tie
from gyoryu.history.models import Entry
from gyoryu.history.queries import faults
from gyoryu.outbox.models import Letter
from gyoryu.parties import actions, queries
from gyoryu.parties.models import (
    Alias,
    Contact,
    Exports,
    Merge,
    Organisation,
    Person,
    Position,
    Product,
    Region,
)
from gyoryu.parties.queries import ties

pytestmark = pytest.mark.django_db
MERGED = (Region, Organisation, Person)
# What a merge writes itself, and what never changes afterwards.
ASIDE = {"parties.merge", "parties.double", "history.entry", "history.seal", "history.head"}


def everything():
    """Every row of the project's own tables, by model and number, as it stands."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if model.__module__.startswith("gyoryu") and label not in ASIDE:
            fields = [field.attname for field in model._meta.concrete_fields]
            found[label] = sorted(model._default_manager.values_list(*fields), key=repr)
    return found


@pytest.mark.parametrize("model", MERGED)
def test_every_key_to_a_record_says_what_a_merge_does_with_it(model):
    pointing = {
        (other._meta.label, field.name)
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if field.is_relation and field.related_model is model
    }
    assert pointing == {(one.model._meta.label, one.field) for one in queries.relations(model)}


def test_a_key_without_a_policy_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(Party, "merges", {})
    with pytest.raises(LookupError, match=r"agreements\.Party"):
        queries.relations(Organisation)


def test_every_model_that_names_records_by_number_is_moved_or_exempt():
    moved = {(one.model._meta.label, one.number) for one in ties.numbered()}
    assert moved == {
        ("evidence.Tie", "record"),
        ("jobs.Job", "record"),
        ("newsroom.Candidate", "made"),
        ("newsroom.Candidate", "record"),
        ("outbox.Letter", "record"),
    }


@pytest.fixture
def agreement(province, now):
    def make():
        return baker.make(
            Agreement, unit=province.division, number=str(Agreement.objects.count()),
            status="draft", status_since=now.date(), title_ko="협약", signed_on=None,
        )  # fmt: skip

    return make


def merge(kept, gone, now, by=None):
    return actions.merge(kept, gone, reason="같은 곳", by=by, at=now)


def test_ties_of_every_kind_move_and_come_back(
    body, somebody, appointed, agreement, province, now, officer
):
    kept, gone = (
        body("경기도"),
        body("경기도청", name_en="Gyeonggi Province", website="https://gg.example"),
    )
    person = somebody("김도연")
    appointed(person, gone, "지사", date(2022, 7, 1))
    child = body("국제협력국", parent=gone)
    party = Party.objects.create(agreement=agreement(), organisation=gone, side="ours")
    document = baker.make(
        Document, unit=province.division, link="https://a.example", file="", added_at=now
    )
    tie = Tie.objects.create(
        document=document, model=ContentType.objects.get_for_model(gone), record=gone.pk
    )
    letter = baker.make(
        Letter, to=officer, model=ContentType.objects.get_for_model(gone), record=gone.pk,
        queued_at=now, next_try_at=now,
    )  # fmt: skip
    before = everything()
    made = merge(kept, gone, now)
    for row in (party, child, tie, letter):
        row.refresh_from_db()
    assert party.organisation == kept
    assert child.parent_id == kept.pk
    assert (tie.record, letter.record) == (kept.pk, kept.pk)
    assert kept.positions.get().person == person
    kept.refresh_from_db()
    assert (kept.name_en, kept.website) == ("Gyeonggi Province", "https://gg.example")
    for text in ("경기도청", "Gyeonggi Province", "경기도"):
        assert kept in queries.called(queries.organisations(), text)
    assert not queries.organisations().filter(pk=gone.pk).exists()
    actions.undo_merge(made, by=None, at=now)
    assert everything() == before
    told = Entry.objects.filter(verb__regex="merged|parted").order_by("pk")
    assert list(told.values_list("verb", "record", "reason")) == [
        ("organisation.merged", kept.pk, "같은 곳"), ("organisation.merged_into", gone.pk, "같은 곳"),
        ("organisation.parted", kept.pk, "같은 곳"), ("organisation.parted_into", gone.pk, "같은 곳"),
    ]  # fmt: skip
    assert list(faults()) == []


def test_a_row_that_would_stand_twice_is_set_aside_with_its_own_ties_and_comes_back(
    body, somebody, agreement, now
):
    kept, gone, signed = body("경기도"), body("경기도청"), agreement()
    stays = Party.objects.create(agreement=signed, organisation=kept, side="ours")
    twice = Party.objects.create(agreement=signed, organisation=gone, side="ours", order=3)
    Signatory.objects.create(party=twice, person=somebody("김도연"), title="지사")
    for organisation, amount in ((kept, 5), (gone, 7)):
        Exports.objects.create(organisation=organisation, year=2024, amount=amount, currency="USD")
    Exports.objects.create(organisation=gone, year=2023, amount=7, currency="USD")
    before = everything()
    made = merge(kept, gone, now)
    assert list(Party.objects.all()) == [stays]
    assert Signatory.objects.get().party == stays
    assert list(kept.exports.values_list("year", "amount")) == [(2024, 5), (2023, 7)]
    actions.undo_merge(made, by=None, at=now)
    assert everything() == before


def test_people_merge_with_their_participations_and_like_positions_become_one(
    body, somebody, appointed, province, now
):
    kept, gone, place = somebody("김도연"), somebody("", name_en="Doyeon Kim"), body("경기도")
    first = appointed(kept, place, "지사", date(2022, 7, 1))
    double = appointed(gone, place, "지사", date(2022, 7, 1))
    meeting = baker.make(
        Engagement, unit=province.division, kind="visit", starts_on=now.date(), ends_on=now.date()
    )
    delegation = Delegation.objects.create(engagement=meeting, side="ours")
    other = Delegation.objects.create(engagement=meeting, side="theirs")
    Participant.objects.create(delegation=delegation, person=kept, position=first)
    Participant.objects.create(delegation=delegation, person=gone, position=double, head=True)
    Participant.objects.create(delegation=other, person=gone, position=double)
    before = everything()
    made = merge(kept, gone, now)
    assert list(Position.objects.all()) == [first]
    assert {row.position_id for row in Participant.objects.all()} == {first.pk}
    assert Participant.objects.filter(person=kept).count() == 2
    actions.undo_merge(made, by=None, at=now)
    assert everything() == before


def test_cities_merge_with_what_lies_in_them(body, agreement, now):
    country = Region.objects.create(
        kind="country", code="CN", name_ko="중국", name_en="China", path="-"
    )
    country.path = f"/{country.pk}/"
    country.save()
    values = {"parent": country, "name_native": ""}
    kept = actions.add_city({**values, "name_ko": "옌청시", "name_en": "Yancheng"}, by=None, at=now)
    gone = actions.add_city({**values, "name_ko": "염성시", "name_en": "Yancheng"}, by=None, at=now)
    office, signed = body("옌청시정부", region=gone), agreement()
    Agreement.objects.filter(pk=signed.pk).update(partner_region=gone, place=gone)
    before = everything()
    made = merge(kept, gone, now)
    office.refresh_from_db()
    signed.refresh_from_db()
    assert office.region == signed.place == signed.partner_region == kept
    assert list(queries.called(queries.regions(), "염성")) == [kept]
    actions.undo_merge(made, by=None, at=now)
    assert everything() == before
    with pytest.raises(Refused):
        merge(kept, country, now)


def test_a_parent_merged_into_its_office_does_not_stand_under_itself(body, now):
    top, gone = body("대한민국"), None
    gone = body("경기도", parent=top)
    middle = body("국", parent=gone)
    kept = body("과", parent=middle)
    before = everything()
    made = merge(kept, gone, now)
    kept.refresh_from_db()
    middle.refresh_from_db()
    assert (kept.parent, middle.parent) == (top, kept)
    actions.undo_merge(made, by=None, at=now)
    assert everything() == before


def test_ties_made_or_changed_since_are_not_taken_away(body, agreement, now):
    kept, gone, third = body("경기도"), body("경기도청"), body("다른 곳")
    old = Party.objects.create(agreement=agreement(), organisation=gone, side="ours")
    changed = Party.objects.create(agreement=agreement(), organisation=gone, side="ours")
    made = merge(kept, gone, now)
    new = Party.objects.create(agreement=agreement(), organisation=kept, side="ours")
    Party.objects.filter(pk=changed.pk).update(organisation=third)
    undone = actions.undo_merge(made, by=None, at=now)
    owners = dict(Party.objects.values_list("pk", "organisation"))
    assert owners == {old.pk: gone.pk, changed.pk: third.pk, new.pk: kept.pk}
    assert undone.left == [["agreements.Party", changed.pk, "organisation"]]


def test_undoing_is_refused_where_it_would_lie(body, now):
    number = "1234567891"
    a, b, c, d = body("가"), body("나", business_number=number), body("다"), body("라")
    first = merge(a, b, now)
    second = merge(a, c, now)
    with pytest.raises(Refused, match="다"):
        actions.undo_merge(first, by=None, at=now)
    third = merge(d, a, now)
    with pytest.raises(Refused, match="라"):
        actions.undo_merge(second, by=None, at=now)
    for made in (third, second):
        actions.undo_merge(made, by=None, at=now)
    with pytest.raises(Refused):
        actions.undo_merge(second, by=None, at=now)
    a.refresh_from_db()
    assert a.business_number == number
    # Somebody moves the number on: giving it back would make two owners.
    Organisation.objects.filter(pk=a.pk).update(business_number="")
    Organisation.objects.filter(pk=d.pk).update(business_number=number)
    with pytest.raises(Refused):
        actions.undo_merge(first, by=None, at=now)
    b.refresh_from_db()
    assert b.merged_into_id == a.pk


@pytest.mark.parametrize("case", ["itself", "other kind", "voided", "merged", "no reason"])
def test_what_is_not_two_standing_records_of_one_kind_is_not_merged(body, somebody, now, case):
    kept, gone, reason = body("가"), body("나"), "같은 곳"
    if case == "itself":
        gone = kept
    elif case == "other kind":
        gone = somebody("김도연")
    elif case == "voided":
        actions.void_organisation(gone, reason="폐지", by=None, at=now)
    elif case == "merged":
        merge(body("다"), gone, now)
    else:
        reason = " "
    before = everything()
    with pytest.raises(Refused):
        actions.merge(kept, gone, reason=reason, by=None, at=now)
    assert everything() == before


def test_a_tie_that_cannot_move_refuses_the_whole_merge(body, now, monkeypatch):
    kept, gone = body("가"), body("나")
    body("아래", parent=gone)
    before = everything()
    update = models.QuerySet.update

    def stubborn(rows, **values):
        if "parent" in values:
            raise IntegrityError
        return update(rows, **values)

    monkeypatch.setattr(models.QuerySet, "update", stubborn)
    with pytest.raises(Refused, match="아래"):
        merge(kept, gone, now)
    monkeypatch.undo()
    assert everything() == before


def once(model, own, **more):
    return model.objects.get_or_create(**own, defaults=more)[0]


def tie_up(what, place, person, n, parts):
    """Tie something to an organisation or a person, as a test drew it."""
    half, (signed, group, document, meeting, office) = n % 2, parts
    party = {"agreement": signed, "organisation": place}
    kind = ContentType.objects.get_for_model(Organisation)
    tie = {
        "party": lambda: once(Party, party, side="ours"),
        "signatory": lambda: Signatory.objects.create(
            party=once(Party, party, side="ours"), person=person
        ),
        "position": lambda: Position.objects.create(
            person=person, organisation=place, title_ko=f"직위 {half}"
        ),
        "participant": lambda: once(
            Participant,
            {"delegation": group, "person": person},
            position=person.positions.first(),
        ),
        "exports": lambda: once(
            Exports, {"organisation": place, "year": 2020 + half, "currency": "USD"}, amount=n
        ),
        "contact": lambda: Contact.objects.create(
            organisation=place, kind="phone", value=f"031-{half}"
        ),
        "product": lambda: Product.objects.create(organisation=place, name_ko=f"품목 {half}"),
        "child": lambda: Organisation.objects.filter(pk=office.pk).update(parent=place),
        "document": lambda: once(Tie, {"document": document, "model": kind, "record": place.pk}),
        "delegation": lambda: Delegation.objects.create(
            engagement=meeting, side="ours", organisation=place
        ),
        "alias": lambda: Alias.objects.create(
            organisation=place, name=f"별칭 {half}", key=f"별칭{half}", given=True
        ),
    }
    tie[what]()


TIES = st.lists(
    st.tuples(
        st.sampled_from(["party", "position", "participant", "exports", "contact", "product", "child",
                         "document", "delegation", "signatory", "alias"]),
        st.integers(0, 2), st.integers(0, 2), st.integers(0, 3),
    ),
    max_size=14,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TIES, st.booleans())
def test_any_ties_move_and_come_back(body, somebody, agreement, province, now, drawn, swap):
    """Whatever is tied to two records: merging moves it all, undoing restores it exactly."""
    bodies = [body(f"기관 {n} {Organisation.objects.count()}") for n in range(3)]
    offices = [body(f"부서 {n} {Organisation.objects.count()}") for n in range(3)]
    persons = [somebody(f"사람 {n} {Person.objects.count()}") for n in range(3)]
    signed = [agreement() for _ in range(2)]
    meeting = baker.make(
        Engagement, unit=province.division, kind="visit", starts_on=now.date(), ends_on=now.date()
    )
    groups = [Delegation.objects.create(engagement=meeting, side="ours") for _ in range(2)]
    documents = [baker.make(Document, unit=province.division, link="https://a.example", file="", added_at=now)
                 for _ in range(2)]  # fmt: skip
    for what, who, whom, n in drawn:
        half = n % 2
        parts = (signed[half], groups[half], documents[half], meeting, offices[whom])
        tie_up(what, bodies[who], persons[whom], n, parts)
    before = everything()
    kept, gone = (bodies[1], bodies[0]) if swap else (bodies[0], bodies[1])
    first, second = merge(kept, gone, now), merge(persons[0], persons[1], now)
    assert queries.tied(gone) == queries.tied(persons[1]) == []
    actions.undo_merge(second, by=None, at=now)
    undone = actions.undo_merge(first, by=None, at=now)
    assert undone.left == []
    assert everything() == before


def test_an_approver_merges_on_screen_sees_what_moved_and_undoes_it(
    signed_in, approver, officer, body, agreement
):
    kept, gone = body("경기도", name_en="Gyeonggi"), body("경기도청", name_en="Gyeonggi Province")
    Party.objects.create(agreement=agreement(), organisation=gone, side="ours")
    browser = signed_in(approver)
    assert signed_in(officer).get(reverse("merge")).status_code == 403
    picked = browser.post(
        f"{reverse('merge')}?kind=organisation",
        {"kept": f"경기도 #{kept.pk}", "gone": f"경기도청 #{gone.pk}"},
    )
    page = browser.get(picked.url)
    columns = page.context["columns"]
    assert [(line.first, line.second) for line in columns.lines if line.differs] == [
        ("경기도", "경기도청"), ("Gyeonggi", "Gyeonggi Province"),
    ]  # fmt: skip
    assert [(str(words), one, other) for words, one, other in columns.ties] == [
        (str(ties.WORDS["agreements.party"]), 0, 1)
    ]
    refused = browser.post(picked.url, {"stays": "first", "reason": ""})
    assert list(refused.context["form"].errors) == ["reason"]
    reply = browser.post(picked.url, {"stays": "first", "reason": "같은 기관"})
    made = Merge.objects.get()
    assert (made.kept, made.gone, made.by) == (kept.pk, gone.pk, approver)
    assert reply.url == made.get_absolute_url()
    assert browser.get(reply.url).status_code == 200
    assert str(kept.pk) in browser.get(gone.get_absolute_url()).content.decode()
    browser.post(reverse("merge-undo", args=[made.pk]), {})
    made.refresh_from_db()
    assert made.undone_by == approver
    assert queries.organisations().filter(pk=gone.pk).exists()
    assert browser.get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["region", "organisation", "person"])
def test_any_two_are_picked_by_name(signed_in, approver, kind):
    browser = signed_in(approver)
    assert browser.get(reverse("merge"), {"kind": kind}).status_code == 200
    reply = browser.post(f"{reverse('merge')}?kind={kind}", {"kept": "없음", "gone": ""})
    assert reply.status_code == 422
    assert browser.get(reverse("merge"), {"kind": "user"}).status_code == 404


def test_another_government_does_not_merge_what_is_not_its_own(person_with, province, body, now):
    stranger = person_with("approver", province.other)
    with pytest.raises(Refused):
        merge(body("가"), body("나"), now, by=stranger)
