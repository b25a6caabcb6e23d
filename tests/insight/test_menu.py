"""The menu's numbers: told in full while they are counted in full, and never as more than that."""

import pytest
from django.urls import reverse

from gyoryu.outbox import actions as outbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("most", "told"), [(2, "2+"), (3, "3")])
def test_the_menu_says_where_it_stopped_counting(
    signed_in, officer, province, now, monkeypatch, most, told
):
    monkeypatch.setattr("gyoryu.insight.queries.due.MENU_MOST", most)
    for number in range(3):
        outbox.queue(officer, key=f"menu-{number}", subject=f"알림 {number}", body="", at=now)
    context = signed_in(officer).get(reverse("home")).context
    items = {item.href: item for group in context["navigation"] for item in group.items}
    # The card counts no further than the menu, and says so in its sum.
    came = context["queues"][-1]
    assert (items[reverse("letters")].told, came.told) == (told, told)


@pytest.mark.parametrize("role", ["viewer", "auditor", "press"])
def test_what_a_role_sees_nothing_of_is_counted_as_nothing(person_with, signed_in, role):
    shown = signed_in(person_with(role)).get(reverse("home")).context
    counts = [item.count for group in shown["navigation"] for item in group.items]
    assert (set(counts), [queue.count for queue in shown["queues"]]) == ({0}, [0, 0, 0])
