"""Documents are held, seen by those who may, given out safely, and voided with a reason."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.conftest import HWPX, JPG, PDF, upload

from gyoryu.agreements.models import Agreement, Duty
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions, queries
from gyoryu.evidence.forms import DocumentForm
from gyoryu.evidence.models import Document, Tie
from gyoryu.evidence.rules import ties
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation

pytestmark = pytest.mark.django_db


def add_url(record):
    return reverse("document-add", args=[record._meta.label_lower, record.pk])


def hold(record, by, now, content=PDF, name="협약서.pdf", **more):
    values = {"kind": "signed_text", "title": "협약서", **more}
    return actions.hold(record, file=upload(name, content), by=by, at=now, **values)


def test_a_file_is_added_on_the_page_of_its_record(signed_in, officer, organisation):
    browser = signed_in(officer)
    assert browser.get(add_url(organisation)).status_code == 200
    fields = {"kind": "photo", "file": upload("상담 사진.jpg", JPG), "dated": "2025-03-27"}
    reply = browser.post(add_url(organisation), fields)
    held = Document.objects.get()
    assert reply.url == organisation.get_absolute_url()
    assert (held.title, held.original_name, held.size, held.unit_id, held.added_by) == (
        "상담 사진",
        "상담 사진.jpg",
        len(JPG),
        organisation.unit_id,
        officer,
    )
    digest = hashlib.sha256(JPG).hexdigest()
    assert (held.sha256, held.file.name) == (digest, f"{digest[:2]}/{digest}.jpg")
    assert list(Entry.objects.order_by("pk").values_list("verb", "model__model")) == [
        ("evidence.held", "document"),
        ("evidence.tied", "organisation"),
    ]
    assert "상담 사진" in browser.get(held.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "file"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://files.example.test/a.pdf"}, "link"),
        ({"link": "https://example.test/a", "file": (PDF, "a.pdf")}, "link"),
        ({"file": (b"MZ", "a.pdf")}, "file"),
        ({"file": (PDF, "a.pdf"), "dated": "2025-02-30"}, "dated"),
        ({"file": (PDF, "a.pdf"), "dated": "2025-04-02"}, "dated"),
        ({"file": (PDF, "a.pdf"), "dated": "2025-04"}, "dated"),
        ({"file": (PDF, "a.pdf"), "title": "가" * 201}, "title"),
        ({"file": (PDF, "a.pdf"), "kind": "nonsense"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_held(
    signed_in, officer, organisation, fields, wrong
):
    values = {"kind": "letter", "title": "남은 제목", **fields}
    if "file" in values:
        content, name = values["file"]
        values["file"] = upload(name, content)
    reply = signed_in(officer).post(add_url(organisation), values)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [wrong]
    assert not Document.objects.exists()
    assert values["title"] in reply.content.decode()


def test_a_link_is_held_instead_of_a_file(signed_in, officer, organisation):
    fields = {"kind": "press", "link": "https://news.example.test/1", "title": "보도자료"}
    signed_in(officer).post(add_url(organisation), fields)
    held = Document.objects.get()
    assert (held.link, held.sha256, bool(held.file)) == ("https://news.example.test/1", "", False)
    page = signed_in(officer).get(held.get_absolute_url()).content.decode()
    assert 'href="https://news.example.test/1"' in page


def test_a_file_over_the_limit_is_refused_at_its_field_and_kept_nowhere(
    signed_in, officer, organisation, settings, monkeypatch
):
    settings.DOCUMENT_LIMIT = 1024 * 1024
    monkeypatch.setattr(DocumentForm.base_fields["file"], "limit", settings.DOCUMENT_LIMIT)
    written = []
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: written.append(len(data)),
    )
    big = upload("big.pdf", PDF + b"\0" * 200 * 1024 * 1024)
    reply = signed_in(officer, "en").post(add_url(organisation), {"kind": "photo", "file": big})
    assert reply.status_code == 422
    assert "The file is 200 MB; at most 1 MB fit." in reply.content.decode()
    assert sum(written) <= settings.DOCUMENT_LIMIT
    assert not Document.objects.exists()


def test_a_file_of_several_megabytes_that_fits_is_held_whole(signed_in, officer, organisation):
    content = JPG + bytes(range(256)) * 12_000
    fields = {"kind": "photo", "file": upload("large.jpg", content)}
    signed_in(officer).post(add_url(organisation), fields)
    with Document.objects.get().file.open("rb") as held:
        assert held.read() == content


def test_the_same_file_on_the_same_record_is_answered_with_the_one_there(officer, agreement, now):
    first = hold(agreement, officer, now)
    again = hold(agreement, officer, now, name="다른 이름.pdf", title="다른 제목")
    assert (again, Document.objects.count(), Tie.objects.count()) == (first, 1, 1)


def test_the_same_file_on_another_record_is_another_document_but_stored_once(
    officer, agreement, organisation, now
):
    one, other = hold(agreement, officer, now), hold(organisation, officer, now)
    assert one != other
    assert one.file.name == other.file.name
    folder = one.file.name.split("/")[0]
    assert len(default_storage.listdir(folder)[1]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_a_file_only_until_the_sweep(officer, agreement, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        hold(agreement, officer, now)
        raise RuntimeError
    assert not Document.objects.exists()
    digest = hashlib.sha256(PDF).hexdigest()
    name = f"{digest[:2]}/{digest}.pdf"
    assert default_storage.exists(name)
    stored = default_storage.get_modified_time(name)
    assert actions.sweep(by=None, before=stored - timedelta(hours=1)) == []
    assert actions.sweep(by=None, before=stored + timedelta(hours=1)) == [name]
    assert not default_storage.exists(name)


def test_the_sweep_keeps_what_is_held_and_names_what_is_missing(officer, agreement, now, capsys):
    held = hold(agreement, officer, now)
    later = default_storage.get_modified_time(held.file.name) + timedelta(days=9)
    assert actions.sweep(by=None, before=later) == []
    default_storage.delete(held.file.name)
    with pytest.raises(SystemExit):
        call_command("sweep_documents")
    assert capsys.readouterr().out == f"missing {held.file.name}\n0 files swept, 1 missing\n"


def test_a_pdf_is_shown_and_everything_else_downloaded_and_nothing_can_run(
    signed_in, officer, agreement, now
):
    browser = signed_in(officer)
    pdf = hold(agreement, officer, now)
    hwpx = hold(agreement, officer, now, HWPX, "회의록.hwpx")
    shown = browser.get(reverse("document-file", args=[pdf.pk]))
    kept = browser.get(reverse("document-file", args=[hwpx.pk]))
    asked = browser.get(reverse("document-file", args=[pdf.pk]), {"download": "1"})
    assert shown["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert asked["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert kept["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (shown["Content-Type"], kept["Content-Type"]) == (
        "application/pdf",
        "application/hwp+zip",
    )
    assert b"".join(shown.streaming_content) == PDF
    for reply in (shown, kept, asked):
        assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in reply["Cache-Control"]
        reply.close()


def test_only_people_of_the_unit_or_of_a_tied_record_see_a_document(
    signed_in, officer, person_with, province, agreement, now
):
    held = hold(agreement, officer, now)
    stranger = signed_in(person_with("officer", province.other, email="far@example.test"))
    for name in ("document", "document-file", "document-void"):
        assert stranger.get(reverse(name, args=[held.pk])).status_code == 404
    assert stranger.get(add_url(agreement)).status_code == 404
    assert held.title not in stranger.get(reverse("documents")).content.decode()
    agreement.shared_with.add(province.other)
    assert stranger.get(reverse("document", args=[held.pk])).status_code == 200
    given = stranger.get(reverse("document-file", args=[held.pk]))
    assert b"".join(given.streaming_content) == PDF
    assert stranger.get(reverse("document-void", args=[held.pk])).status_code == 403
    assert stranger.get(add_url(agreement)).status_code == 403


def test_a_document_about_an_organisation_is_seen_by_everybody_who_sees_the_register(
    signed_in, officer, person_with, province, organisation, now
):
    far = person_with("officer", province.other, email="far@example.test")
    held = hold(organisation, officer, now)
    assert signed_in(far).get(held.get_absolute_url()).status_code == 200
    fields = {"kind": "photo", "file": upload("x.jpg", JPG)}
    signed_in(far).post(add_url(organisation), fields)
    assert Document.objects.latest("pk").unit == province.other


def test_documents_go_on_records_that_have_or_reach_a_unit_and_on_nothing_else():
    assert ties.unit_path(Agreement) == "unit"
    assert ties.unit_path(Organisation) == "unit"
    assert ties.unit_path(Duty) == "agreement__unit"
    apart = "accounts.user history.entry outbox.letter evidence.document"
    for name in (
        *apart.split(),
        "auth.group",
        "sessions.session",
        "nothing.here",
        "agreements",
        "",
    ):
        assert ties.model_named(name) is None


@pytest.mark.parametrize("role", ["viewer", "auditor", "panel", "counsellor", "administrator"])
def test_who_may_not_add_evidence_is_refused(signed_in, person_with, agreement, role, now):
    browser = signed_in(person_with(role))
    assert browser.get(add_url(agreement)).status_code == 403
    with pytest.raises(Refused):
        hold(agreement, person_with(role), now)


def test_a_void_document_stays_with_its_reason_and_is_no_evidence(
    signed_in, officer, agreement, now
):
    held = hold(agreement, officer, now)
    browser = signed_in(officer, "en")
    assert queries.has_evidence(agreement)
    reply = browser.post(reverse("document-void", args=[held.pk]), {"reason": "Wrong file"})
    assert reply.url == held.get_absolute_url()
    assert not queries.has_evidence(agreement)
    page = browser.get(held.get_absolute_url()).content.decode()
    assert "Wrong file" in page
    assert "This document is void already." not in page
    again = browser.post(reverse("document-void", args=[held.pk]), {"reason": "x"})
    assert again.status_code == 422
    assert Entry.objects.filter(verb="evidence.voided", reason="Wrong file").count() == 1


def test_a_document_that_something_stands_on_alone_cannot_be_voided(
    signed_in, officer, agreement, now, monkeypatch
):
    monkeypatch.setattr(Agreement, "needs_evidence", lambda self: True, raising=False)
    held = hold(agreement, officer, now)
    page = signed_in(officer, "en").get(held.get_absolute_url()).content.decode()
    assert "stands on this document alone. Add another one first." in page
    with pytest.raises(Refused, match=r"alone|하나뿐"):
        actions.void(held, reason="x", by=officer, at=now)
    hold(agreement, officer, now, HWPX, "둘째.hwpx")
    assert actions.void(held, reason="x", by=officer, at=now).voided_at == now


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(
    signed_in, officer, agreement, organisation, now
):
    browser, counts = signed_in(officer), []
    for total in (1, 3, 50):
        for step in range(Document.objects.count(), total):
            hold(organisation, officer, now, JPG + bytes([step]), f"{step}.jpg")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("documents")).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_pages_and_posts_stay_within_their_budgets(signed_in, officer, organisation, now):
    browser = signed_in(officer)
    held = hold(organisation, officer, now)
    with CaptureQueriesContext(connection) as page:
        browser.get(held.get_absolute_url())
    assert len(page) <= 15


def test_exactly_what_is_listed_is_exported(signed_in, officer, agreement, now):
    hold(agreement, officer, now)
    hold(agreement, officer, now, HWPX, "회의록.hwpx", title="회의록", kind="minutes")
    reply = signed_in(officer).get(reverse("documents"), {"kind": "minutes", "export": "csv"})
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["회의록"]
