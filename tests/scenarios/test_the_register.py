"""The monthly register: an agreement is signed, published, suspended, corrected, asked about."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gyoryu.agreements.models import Agreement
from gyoryu.register.models import Publication

pytestmark = pytest.mark.django_db


def month(unit, edition, language="ko"):
    reply = Client().get(f"/register/{language}/{unit.pk}/{edition}.json")
    assert reply.status_code == 200, edition
    return reply.json()


@pytest.fixture
def signed(desk):
    ours = desk.organisation("government", "한결도", "Hangyeol Province", "KR-41")
    theirs = desk.organisation("government", "장쑤성", "Jiangsu", "CN-JS")
    desk.on("2025-02-12")
    made = desk.agreement("mou", "한결도–장쑤성 업무협약", "Hangyeol–Jiangsu MOU", ours, theirs)
    desk.sign(made, "2025-02-12", "2025-02-12")
    return made


def publish(desk, unit, edition):
    page = reverse("publication-next")
    reply = desk.client.post(page, {"government": unit.root.pk, "month": edition})
    assert reply.status_code == 302, reply.content.decode()[:800]
    return Publication.objects.get(month=date.fromisoformat(f"{edition}-01"), newest=True)


def publication(document):
    month, _dot, version = document["edition"].partition(".v")
    return Publication.objects.get(month=date.fromisoformat(f"{month}-01"), version=int(version))


def test_from_signing_to_a_correction_everybody_can_follow(desk, head, signed, office):
    agreement = Agreement.objects.get(pk=signed.pk)
    # March: the register of February is published, and its duty is done.
    desk.on("2025-03-04")
    publish(desk, office, "2025-02")
    done = agreement.duties.filter(kind="publication", done_on=date(2025, 3, 4)).get()
    assert done.evidence.link.endswith("/2025-02.v1/")
    february = month(office.root, "2025-02")
    assert [row["status"] for row in february["rows"]] == ["in_force"]
    assert [line["change"] for line in february["changes"]["lines"]] == ["added"]
    # The partner stops the exchange; the register of March says since when and why.
    desk.on("2025-03-20")
    desk.post("agreement-move", signed.pk, to="suspended", on="2025-03-20", reason="왕래 중단")
    assert "공표 뒤 바뀜" in desk.read("publication-rule", signed.pk)
    desk.on("2025-04-03")
    publish(desk, office, "2025-03")
    march = month(office.root, "2025-03")
    assert [(line["change"], line["key"]) for line in march["changes"]["lines"]] == [
        ("status", agreement.number)
    ]
    assert (march["rows"][0]["since"], march["rows"][0]["reason"]) == ("2025-03-20", "왕래 중단")
    # February still says what it said, and a month before the signing says nothing.
    assert month(office.root, "2025-02") == february
    assert Client().get(f"/register/ko/{office.root.pk}/2025-01/").status_code == 404
    # The English title was misspelt all the time: an approver corrects March, both versions stay.
    desk.post("agreement-edit", signed.pk, title_en="Hangyeol–Jiangsu Memorandum")
    head.on("2025-04-05")
    reply = head.send("publication-correct", publication(march).pk, reason="영문 제목의 오기")
    assert reply.status_code == 302
    corrected = month(office.root, "2025-03")
    assert (corrected["edition"], corrected["reason"]) == ("2025-03.v2", "영문 제목의 오기")
    assert [one["field"] for one in corrected["corrections"]["lines"][0]["fields"]] == ["title"]
    assert month(office.root, "2025-03.v1") == march
    # A reader of the public page sees the course, in both languages.
    for language, words in (("ko", "정지"), ("en", "Suspended")):
        address = f"/register/{language}/{office.root.pk}/agreement/{agreement.number}/"
        text = Client().get(address).content.decode()
        assert words in text
        assert "왕래 중단" in text
