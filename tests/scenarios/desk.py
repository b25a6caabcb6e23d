"""An officer's desk: everything is typed into the real forms and read off the real screens."""

import csv
import io
from urllib.parse import urlsplit

import icalendar
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import resolve, reverse
from tests.scenarios.reading import Form, Page

from gyoryu.agreements.models import Agreement, Body, Commitment, Engagement
from gyoryu.parties.models import Organisation, Person
from gyoryu.web.forms import pick_label

RECORDS = {
    "agreement": Agreement,
    "body": Body,
    "commitment": Commitment,
    "engagement": Engagement,
    "organisation": Organisation,
    "person": Person,
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name="문서.pdf"):
    """A small file as it comes out of a scanner."""
    return SimpleUploadedFile(name, PDF + name.encode() + b"\n%%EOF\n", "application/pdf")


class Desk:
    """A person signed in, with a clock that can be moved."""

    def __init__(self, user, settings, language="ko"):
        self.user, self.settings = user, settings
        self.client = Client()
        self.client.force_login(user)
        self.client.cookies["language"] = language

    def on(self, day):
        """Move the office's clock to a day."""
        self.settings.TODAY = f"{day}T10:00"

    # Reading

    def read(self, what, *args, **query):
        """Open a record's page, or a page by its URL name; it has to be there."""
        reply = self.client.get(self._address(what, args), query)
        assert reply.status_code == 200, f"{what} answers {reply.status_code}"
        return Page(reply)

    def refused(self, what, *args, **query):
        """Open a page that is refused, and return the reason it gives."""
        reply = self.client.get(self._address(what, args), query)
        assert reply.status_code == 403, f"{what} answers {reply.status_code}"
        return Page(reply).text

    def listed(self, what, **query):
        """The names in the first column of a list."""
        return [str(row) for row in self.read(what, **query).context["listing"].page]

    def exported(self, what, *args, **query):
        """The rows of a list's CSV file, each by its headings."""
        reply = self.client.get(reverse(what, args=args), {**query, "export": "csv"})
        text = b"".join(reply.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def calendar(self):
        """What this person's calendar program shows: (day, summary), by day."""
        address = self.read("calendar").context["address"]
        reply = Client().get(urlsplit(address).path)
        assert reply.status_code == 200
        events = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
        return sorted((str(one.decoded("dtstart")), str(one["summary"])) for one in events)

    def _address(self, what, args):
        return what.get_absolute_url() if isinstance(what, Model) else reverse(what, args=args)

    # Writing

    def post(self, what, *args, query="", press=None, **fields):
        """Fill in the form at a URL name and save it; return the record that comes up."""
        reply = self.send(what, *args, query=query, press=press, **fields)
        if reply.status_code == 422:
            raise AssertionError(f"{what} was not accepted: {Page(reply).errors()}")
        assert reply.status_code == 302, f"{what} answers {reply.status_code}"
        return self._record(reply.url)

    def try_post(self, what, *args, query="", press=None, **fields):
        """Fill in a form that is not accepted; return its errors, field by field."""
        reply = self.send(what, *args, query=query, press=press, **fields)
        assert reply.status_code == 422, f"{what} answers {reply.status_code}"
        return Page(reply).errors()

    def send(self, what, *args, query="", press=None, **fields):
        """Open a form, fill it in as a browser would, send it, and return the bare reply."""
        address = reverse(what, args=args) + query
        form = Form(Page(self._opened(address)))
        sent = form.filled({name: _typed(value) for name, value in fields.items()})
        if press:
            assert press in {name for name, _ in form.buttons}, f"no such button: {press}"
            sent[press] = ["1"]
        return self.client.post(address, {name: many for name, many in sent.items() if many})

    def send_raw(self, what, *args, **fields):
        """Send what no form on the page offers, as somebody with a kept page or a tool could."""
        return self.client.post(reverse(what, args=args), fields)

    def _opened(self, address):
        reply = self.client.get(address)
        assert reply.status_code == 200, f"{address} answers {reply.status_code}"
        return reply

    def _record(self, url):
        place = resolve(urlsplit(url).path)
        if place.url_name in RECORDS:
            return RECORDS[place.url_name].objects.get(pk=place.kwargs["pk"])
        return place.url_name

    # What every story needs

    def organisation(self, kind, name_ko, name_en, region=""):
        """Add an organisation."""
        names = {"name_ko": name_ko, "name_en": name_en}
        return self.post("organisation-new", kind=kind, region=region, **names)

    def person(self, names, titles, at):
        """Add a person and the position held."""
        made = self.post("person-new", name_ko=names[0], name_en=names[1])
        held = {"title_ko": titles[0], "title_en": titles[1]}
        self.post("position-new", made.pk, organisation=at, **held)
        return made

    def agreement(self, kind, title_ko, title_en, ours, *theirs, **fields):
        """Draft an agreement with its parties: two of theirs in the form, the others after it."""
        first = dict(zip(("theirs", "theirs_too"), theirs, strict=False))
        names = {"kind": kind, "title_ko": title_ko, "title_en": title_en}
        made = self.post("agreement-new", **names, ours=ours, **first, **fields)
        for other in theirs[2:]:
            self.post("party-new", made.pk, organisation=other, side="theirs")
        return made

    def sign(self, agreement, signed, in_force, **how):
        """Record the signing, hold the signed text, and put the agreement in force."""
        self.post("agreement-sign", agreement.pk, signed=signed, **how)
        self.hold(agreement, "signed_text", f"{agreement.title_ko} 서명본")
        reason = "서명과 함께 발효"
        self.post("agreement-move", agreement.pk, to="in_force", on=in_force, reason=reason)

    def signatory(self, agreement, organisation, person, title):
        """Note who signed for a party."""
        named = self.read(agreement).context["parties"]
        party = next(one for one in named if one.name == str(organisation))
        self.post("signatory-new", party.pk, person=person, title=title)

    def hold(self, record, kind, title, file=None):
        """Hold a file as evidence of a record."""
        model = record._meta.label_lower
        fields = {"kind": kind, "title": title, "file": file or pdf(f"{title}.pdf")}
        return self.post("document-add", model, record.pk, **fields)

    def engagement(self, kind, title_ko, title_en, when, **fields):
        """Record an engagement by the short form; texts go to its edit form."""
        texts = {name: fields.pop(name) for name in ("summary", "outcomes") if name in fields}
        names = {"kind": kind, "title_ko": title_ko, "title_en": title_en}
        made = self.post("engagement-new", **names, starts_on=when, **fields)
        if texts:
            self.post("engagement-edit", made.pk, **texts)
        return made

    def delegation(self, engagement, side, organisation, size, *people):
        """Write down a delegation and who was named in it; the first is its head.

        The organisation typed into the short form already has its delegation; that one is changed.
        """
        shown = self.read(engagement).context["sides"]
        there = [one for _, rows, _ in shown for one in rows if one.organisation == organisation]
        fields = {"side": side, "organisation": organisation, "size": str(size)}
        if there:
            self.post("delegation-edit", engagement.pk, there[0].pk, **fields)
        else:
            self.post("delegation-new", engagement.pk, **fields)
        shown = self.read(engagement).context["sides"]
        made = next(one for _, rows, _ in shown for one in rows if one.organisation == organisation)
        for number, (person, title) in enumerate(people):
            named = {"person": person, "title": title, "head": ["on"] if number == 0 else []}
            self.post("participant-new", engagement.pk, made.pk, **named)

    def ask(self, engagement, organisations, words, due, **fields):
        """Note one request of each of these organisations."""
        lines = "\n".join(map(pick_label, organisations))
        said = {"organisations": lines, "words": words, "due": due, **fields}
        self.post("request-new", engagement.pk, **said)

    def promise(self, words, side, due, **where):
        """Write a commitment down on the form that its occasion's page leads to."""
        query = "?" + "&".join(f"{name}={row.pk}" for name, row in where.items())
        owner = {} if side == "theirs" else {"owner": self.user}
        return self.post("commitment-new", query=query, words=words, side=side, due=due, **owner)


def _typed(value):
    """Write a value as it is typed or chosen: a record by its name and number."""
    if isinstance(value, Model):
        return pick_label(value)
    return [_typed(one) for one in value] if isinstance(value, list) else value
