"""Who signs in, with which roles, in which department: made by administrators, in their units."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.accounts.actions import people, units
from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.outbox import actions as outbox
from gyoryu.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(person_with, province):
    """Administers the whole government."""
    return person_with("administrator", province.root)


@pytest.fixture
def local(person_with, province):
    """Administers the division only."""
    return person_with("administrator", province.division)


def pick(unit):
    return f"{unit} #{unit.pk}"


def test_a_person_is_added_with_a_role_and_lets_themselves_in_by_letter(
    signed_in, local, province, now
):
    browser = signed_in(local)
    fields = {"email": "new@example.test", "name_ko": "새 사람", "name_en": "New Person",
              "language": "en", "role": "officer", "unit": pick(province.division)}  # fmt: skip
    reply = browser.post(reverse("user-new"), fields)
    made = User.objects.get(email="new@example.test")
    assert reply.url == made.get_absolute_url()
    assert list(made.memberships.values_list("role", "unit")) == [("officer", province.division.pk)]
    assert not made.has_usable_password()
    letter = Letter.objects.get(to=made)
    assert letter.subject == "Set your password for Gyoryu"
    outbox.send_waiting(by=None, at=letter.next_try_at)
    link = re.search(r"http://\S+?(/account\S+)", mail.outbox[0].body)[1]
    newcomer = Client()
    page = newcomer.get(link, follow=True)
    passwords = {"password1": "battery staple 7", "password2": "battery staple 7"}
    newcomer.post(page.redirect_chain[-1][0], passwords)
    login = {"login": "new@example.test", "password": "battery staple 7"}
    assert newcomer.post(reverse("account_login"), login).url == "/"
    verbs = Entry.objects.filter(by=local).order_by("pk").values_list("verb", "unit")
    assert list(verbs) == [
        ("user.added", province.division.pk),
        ("role.granted", province.division.pk),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "TAKEN@example.test"}, "email"),
        ({"name_ko": " "}, "name_ko"),
        ({"name_ko": "가" * 81}, "name_ko"),
        ({"role": "king"}, "role"),
        ({"unit": "다른도"}, "unit"),
    ],
)
def test_a_wrong_invitation_is_told_at_its_field(signed_in, local, province, change, field):
    User.objects.create(email="taken@example.test", name_ko="있는 사람")
    fields = {"email": "new@example.test", "name_ko": "새 사람", "language": "ko", "role": "viewer",
              "unit": pick(province.division), **change}  # fmt: skip
    reply = signed_in(local).post(reverse("user-new"), fields)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [field]
    assert (User.objects.filter(email="new@example.test").exists(), Letter.objects.count()) == (
        False,
        0,
    )


def test_an_administrator_acts_within_their_units_only(
    signed_in, local, person_with, province, now
):
    above = person_with("officer", province.bureau, email="above@example.test")
    browser = signed_in(local)
    assert browser.get(reverse("user", args=[above.pk])).status_code == 404
    assert above.email not in browser.get(reverse("users")).content.decode()
    with pytest.raises(Refused):
        people.grant(above, "officer", province.bureau, by=local, at=now)
    with pytest.raises(Refused):
        people.close(above, reason="x", by=local, at=now)
    with pytest.raises(Refused):
        units.rename(province.bureau, {"name_ko": "내 국"}, by=local, at=now)
    fields = {"role": "administrator", "unit": pick(province.bureau)}
    mine = person_with("officer", email="mine@example.test")
    assert browser.post(reverse("role-grant", args=[mine.pk]), fields).status_code == 422


def test_whoever_also_has_a_role_elsewhere_is_not_mine_to_close(
    local, chief, person_with, province, now
):
    shared = person_with("officer")
    people.grant(shared, "viewer", province.root, by=chief, at=now)
    with pytest.raises(Refused):
        people.close(shared, reason="x", by=local, at=now)
    with pytest.raises(Refused):
        people.change_user(shared, {"name_ko": "다른 이름"}, by=local, at=now)
    assert people.close(shared, reason="x", by=chief, at=now).is_active is False


def test_nobody_takes_their_own_last_administrator_role_or_closes_themselves(chief, province, now):
    held = chief.memberships.get()
    with pytest.raises(Refused, match=r"마지막|last"):
        people.revoke(held, by=chief, at=now)
    with pytest.raises(Refused):
        people.close(chief, reason="x", by=chief, at=now)
    people.grant(chief, "administrator", province.bureau, by=chief, at=now)
    people.revoke(chief.memberships.get(unit=province.bureau), by=chief, at=now)
    assert Membership.objects.filter(user=chief).count() == 1


def test_a_persons_only_role_is_not_revoked_but_their_account_closed(chief, officer, now):
    with pytest.raises(Refused, match=r"유일한|only"):
        people.revoke(officer.memberships.get(), by=chief, at=now)


def test_roles_are_granted_and_revoked_on_pages_with_history(signed_in, chief, officer, province):
    browser = signed_in(chief)
    fields = {"role": "auditor", "unit": pick(province.bureau)}
    assert browser.get(reverse("role-grant", args=[officer.pk])).status_code == 200
    browser.post(reverse("role-grant", args=[officer.pk]), fields)
    held = officer.memberships.get(role="auditor")
    page = browser.get(reverse("user", args=[officer.pk])).content.decode()
    assert "감사 담당자" in page
    assert browser.get(reverse("role-revoke", args=[held.pk])).status_code == 200
    browser.post(reverse("role-revoke", args=[held.pk]))
    told = Entry.objects.filter(by=chief).order_by("pk").values_list("verb", "changes")
    assert list(told) == [
        ("role.granted", {"role": [None, "auditor"]}),
        ("role.revoked", {"role": ["auditor", None]}),
    ]


def test_an_account_is_closed_and_opened_on_pages(signed_in, chief, officer):
    browser = signed_in(chief)
    assert browser.post(reverse("user-close", args=[officer.pk]), {"reason": ""}).status_code == 422
    browser.post(reverse("user-close", args=[officer.pk]), {"reason": "전보"})
    assert User.objects.get(pk=officer.pk).is_active is False
    assert Entry.objects.get(verb="user.closed").reason == "전보"
    browser.post(reverse("user-reopen", args=[officer.pk]))
    browser.post(reverse("user-letter", args=[officer.pk]))
    assert User.objects.get(pk=officer.pk).is_active
    assert Letter.objects.filter(to=officer).count() == 1


def test_people_change_their_own_name_and_language(signed_in, officer):
    browser = signed_in(officer)
    fields = {"name_ko": "새 이름", "name_en": "New Name", "language": "en"}
    reply = browser.post(reverse("me"), fields)
    assert reply.cookies["language"].value == "en"
    officer.refresh_from_db()
    assert (officer.name_ko, officer.name_en, officer.language) == ("새 이름", "New Name", "en")
    assert Entry.objects.get(verb="user.changed").by == officer


# ---- the tree


def test_a_department_moves_with_everything_below_it(chief, province, officer, now):
    team = people.add_unit(province.division, "division", {"name_ko": "팀"}, by=chief, at=now)
    units.move(province.division, province.root, by=chief, at=now)
    paths = {unit.pk: unit.path for unit in Unit.objects.all()}
    root, division = province.root.pk, province.division.pk
    assert paths[division] == f"/{root}/{division}/"
    assert paths[team.pk] == f"/{root}/{division}/{team.pk}/"
    assert Entry.objects.get(verb="unit.moved").changes["parent"][1].endswith(f"#{root}")
    assert not User.objects.get(pk=officer.pk).access.may("agreements.view", province.bureau.path)


@pytest.mark.parametrize(
    ("what", "under"),
    [
        ("bureau", "bureau"),
        ("bureau", "division"),
        ("root", "bureau"),
        ("division", "bureau"),
        ("division", "other"),
    ],
)
def test_a_department_goes_neither_under_itself_nor_out_of_its_government(
    person_with, province, chief, what, under, now
):
    people.grant(chief, "administrator", province.other, by=None, at=now)
    before = list(Unit.objects.values_list("pk", "path", "parent"))
    with pytest.raises(Refused) as refused:
        units.move(getattr(province, what), getattr(province, under), by=chief, at=now)
    assert refused.value.field == "under"
    assert list(Unit.objects.values_list("pk", "path", "parent")) == before


def test_a_tree_too_deep_for_its_path_is_refused(chief, province, now):

    def dig():
        above = province.division
        for _ in range(100):
            above = people.add_unit(above, "division", {"name_ko": "아래"}, by=chief, at=now)

    with pytest.raises(Refused, match=r"깊|deep"):
        dig()
    assert max(len(path) for path in Unit.objects.values_list("path", flat=True)) <= 200


def test_departments_are_added_renamed_and_moved_on_pages(signed_in, chief, province):
    browser = signed_in(chief)
    fields = {
        "under": pick(province.root),
        "kind": "bureau",
        "name_ko": "새 국",
        "name_en": "New Bureau",
    }
    assert browser.post(reverse("unit-new"), fields).url == reverse("units")
    made = Unit.objects.get(name_ko="새 국")
    assert made.path == f"{province.root.path}{made.pk}/"
    renamed = {"kind": "bureau", "name_ko": "다른 국", "name_en": ""}
    browser.post(reverse("unit-edit", args=[made.pk]), renamed)
    browser.post(reverse("unit-move", args=[made.pk]), {"under": pick(province.bureau)})
    made.refresh_from_db()
    assert (made.name_ko, made.parent) == ("다른 국", province.bureau)
    wrong = browser.post(reverse("unit-move", args=[province.bureau.pk]), {"under": pick(made)})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["under"])


@pytest.mark.parametrize("name", ["users", "units"])
def test_lists_take_as_many_queries_for_fifty_as_for_one(name, signed_in, chief, province, now):
    browser, counts = signed_in(chief), []
    for total in (1, 3, 50):
        for step in range(User.objects.count(), total):
            user = people.add_user(
                f"u{step}@example.test", {"name_ko": f"이 {step}"}, by=None, at=now
            )
            people.grant(user, "viewer", province.division, by=None, at=now)
            people.add_unit(province.bureau, "division", {"name_ko": f"과 {step}"}, by=None, at=now)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse(name)).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8
