"""Calls, companies and people for the tests of applications."""

from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.accounts.models import User
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import portal
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import Call, Programme, RequiredDocument, Track

AT = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)  # 09:30 in Seoul
# Invented numbers whose check digit fits.
NUMBERS = ("9998100015", "9998100029", "9998100034", "9998100048")
QUESTIONS = [
    {"code": "plan", "kind": "long", "label": {"ko": "참가 계획", "en": "Plan"}, "required": True},
    {"code": "staff", "kind": "number", "label": {"ko": "직원 수", "en": "Staff"}, "least": "1"},
    {"code": "agree", "kind": "consent", "label": {"ko": "개인정보 동의"}, "required": True},
]  # fmt: skip
ANSWERS = {"plan": "베트남 전시회에 나간다.", "staff": "12", "agree": True}
TYPED = {
    "name": ["가온텍"], "asked": ["8,000,000"],
    "q.plan": ["베트남 전시회에 나간다."], "q.staff": ["12"], "q.agree": ["on"],
}  # fmt: skip


def call(unit, applicant="company", **values):
    programme = values.pop("programme", None) or Programme.objects.create(
        unit=unit, number=f"PR-{Programme.objects.count() + 1}", kind="support",
        name_ko="전시회 참가 지원", first_year=2025, last_year=2025,
    )  # fmt: skip
    given = {
        "number": f"CA-2025-{Call.objects.count() + 1:04}", "title_ko": "해외 전시회 참가 지원",
        "title_en": "Trade shows", "state": "published", "state_since": date(2025, 3, 1),
        "opens_at": AT - timedelta(days=20), "closes_at": AT + timedelta(days=9),
        "questions": QUESTIONS, "award_most": 10_000_000,
        **values,
    }  # fmt: skip
    return Call.objects.create(unit=unit, programme=programme, applicant=applicant, **given)


def somebody(name="김누리", email=""):
    count = User.objects.count()
    user = User(email=email or f"out{count}@company.test", name_ko=name)
    user.set_password("correct horse")
    user.save()
    return user


def company(unit, name="가온텍", number=NUMBERS[0]):
    return Organisation.objects.create(
        unit=unit, kind="company", name_ko=name, business_number=number
    )


def representative(unit, number=NUMBERS[0], name="가온텍", user=None, *, sure=False):
    """Somebody who acts for the company of a number, at their word or confirmed."""
    user = user or somebody()
    row = portal.represent(number, name, unit, by=user, at=AT)
    if sure:
        portal.confirm(row, by=None, at=AT)
    return user, row.organisation


def content(**values):
    return Content(**{"name": "가온텍", "answers": ANSWERS, "asked": 8_000_000, **values})


def begun(unit, of, number=NUMBERS[0], name="가온텍"):
    user, organisation = representative(unit, number, name)
    return actions.begin(of, organisation, by=user, at=AT)


def submitted(unit, of, number=NUMBERS[0], name="가온텍"):
    row = begun(unit, of, number, name)
    return actions.submit(row, content(name=name), by=row.applicant, at=AT)


def paper(of, name="사업자등록증", **values):
    return RequiredDocument.objects.create(call=of, name_ko=name, **values)


def track(of, name="지정 과제", places=None):
    return Track.objects.create(call=of, name_ko=name, places=places)


def pdf(name="등록증.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")
