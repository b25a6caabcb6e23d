"""The people of a programme at their screens: the office, companies, teams, panels, providers."""

from urllib.parse import urlsplit

from django.urls import resolve
from tests.scenarios.desk import Desk, pdf
from tests.scenarios.reading import Page

from gyoryu.accounts.models import User
from gyoryu.parties.business_number import check_digit


def business_number(place):
    """An invented number: no tax office gives out 999, and its check digit is right."""
    nine = f"999{place:06d}"
    return f"{nine}{check_digit(nine)}"


class Hand(Desk):
    """Somebody signed in who makes things: what a form leads to is known by its number."""

    def make(self, what, *args, query="", **fields):
        """Fill in a form and return the number of the record it leads to."""
        reply = self.send(what, *args, query=query, **fields)
        if reply.status_code == 422:
            raise AssertionError(f"{what} was not accepted: {Page(reply).errors()}")
        assert reply.status_code == 302, f"{what} answers {reply.status_code}"
        return resolve(urlsplit(reply.url).path).kwargs.get("pk")

    def quick(self, what, *args, **fields):
        """Send a form that was seen before, as a browser does that has it open already."""
        reply = self.send_raw(what, *args, **fields)
        if reply.status_code == 422:
            raise AssertionError(f"{what} was not accepted: {Page(reply).text[:800]}")
        assert reply.status_code == 302, f"{what} answers {reply.status_code}"
        return resolve(urlsplit(reply.url).path).kwargs.get("pk")


def outsider(settings, email, name):
    """Somebody who signs in without a role."""
    user = User(email=email, name_ko=name)
    user.set_unusable_password()
    user.save()
    return Hand(user, settings)


# The office


def strategy(head, name, first=2024, last=2028):
    return head.make("strategy-new", name_ko=name, first_year=str(first), last_year=str(last))


def programme(officer, under, kind, name, last=2026):
    return officer.make(
        "programme-new",
        name_ko=name,
        kind=kind,
        strategy=str(under),
        first_year="2024",
        last_year=str(last),
    )


def line(head, programme, year, won, fund="province", code="307-02"):
    """Enter a line of the budget."""
    return head.make(
        "budget-line-new",
        programme,
        year=str(year),
        account_code=code,
        name="민간경상사업보조",
        fund=fund,
        amount=won,
        on=f"{year}-01-06",
    )


def call(officer, programme, fields, *, questions=(), parts=()):
    """Prepare a call, its form and its parts; parts are (part, fields) in their order."""
    pk = officer.make("call-new", programme=str(programme), contact="국제통상과", **fields)
    for kind, asked in questions:
        officer.post("question-new", pk, query=f"?kind={kind}", **asked)
    for part, values in parts:
        own = dict(values)
        query = f"?kind={own.pop('kind')}" if part == "rules" else ""
        officer.post("call-part-new", pk, part, query=query, **own)
    return pk


def announce(head, line, call, won, on):
    """Set money apart for a call, and announce it."""
    head.post("budget-line-allot", line, call=str(call), amount=won, on=on, reason="공고 재원")
    head.post("call-publish", call)


# Those from outside


def act_for(officer, hand, number, name):
    """Somebody says for which company they act, and an officer who saw their papers confirms."""
    hand.quick("my-company-new", business_number=number, name=name)
    shown = officer.client.get("/representatives/", {"q": number}).context["listing"].page
    officer.quick("representative-confirm", next(iter(shown)).pk)


def apply(hand, call, written):
    """Write an application and hand it in."""
    pk = hand.make("my-apply", call)
    hand.quick("my-application-write", pk, **written)
    hand.quick("my-application-submit", pk)
    return pk


def panel(officer, settings, call, seed):
    """Screen all that came in and share them out to a panel of three."""
    officer.quick("call-screen", call)
    officer.quick("call-pass", call)
    members = []
    for place in range(3):
        member = outsider(settings, f"panel{place}@example.test", f"위원 {place}")
        officer.quick("seat-new", call, email=member.user.email)
        members.append(member)
    officer.quick("panel-share", call, each="3", seed=seed)
    return members


def judged(hands, points):
    """Every member declares no conflict and scores: ``points(number, member, criterion)``."""
    for judge, hand in enumerate(hands):
        rounds = hand.read("my-reviews").context["rounds"]
        for review, _who in [one for _round, rows in rounds for one in rows]:
            hand.quick("my-review", review.pk, conflict="none")
            page = hand.client.get(f"/my/reviews/{review.pk}/").context
            given = {
                page["form"].add_prefix(field): str(points(review.application.number, judge, place))
                for place, field in enumerate(f for f in page["form"].fields if f != "remark")
            }
            hand.quick("my-review", review.pk, **given, remark="", hand_in="1")


def claim(hand, award, heading, supply, place, *, on, vat="0", **more):
    """Write a claim of one invoice with its document; it is not handed in yet."""
    pk = hand.make(
        "my-claim-new",
        award,
        heading=str(heading),
        provider_name="한빛전시(주)",
        provider_number=business_number(5011),
        invoice=invoice(on, place),
        invoice_on=on,
        supply=supply,
        vat=vat,
        **more,
    )
    hand.post("my-claim-paper", pk, kind="invoice", file=pdf(f"{pk}.pdf"))
    return pk


def invoice(on, place):
    """The approval number of an electronic tax invoice: its day and sixteen digits."""
    return f"{on.replace('-', '')}{41_000_000 + place:016d}"


def won(text):
    """Read an amount off a page."""
    return int(text.split()[0].replace(",", ""))
