"""What the stories of trade share: a decided call, an event, lists handed in, reports."""

from datetime import date, timedelta
from io import BytesIO

import python_calamine
from django.urls import reverse
from tests.imports.sheets import upload, workbook
from tests.scenarios.reading import Page
from tests.trade.trade_makers import NOW

from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.parties.actions import organisations
from gyoryu.programmes.models import Application, Call, Programme


def companies(unit, *names):
    """Companies of the province as the register has them before the story begins."""
    own = [{"kind": "company", "name_ko": name} for name in names]
    return [organisations.add_organisation(unit, one, by=None, at=NOW) for one in own]


def decided(unit, kind, title, selected, left_out=()):
    """A call that was decided before the story begins: who was selected, and who was not."""
    programme = Programme.objects.create(
        unit=unit, number="PR-001", kind=kind, name_ko=title, first_year=2024, last_year=2026
    )
    call = Call.objects.create(
        unit=unit, programme=programme, number="CL-2025-0001", title_ko=f"{title} 참가기업 모집",
        state="decided", state_since=date(2025, 2, 7), applicant="company",
        opens_at=NOW - timedelta(days=90), closes_at=NOW - timedelta(days=70),
    )  # fmt: skip
    for status, those in (("selected", selected), ("rejected", left_out)):
        for one in those:
            Application.objects.create(
                unit=unit, call=call, organisation=one, name=str(one), status=status,
                number=f"AP-2025-{one.pk:04}", status_since=date(2025, 2, 7), saved_at=NOW,
                submitted_at=NOW,
            )  # fmt: skip
    return call


def planned(hand, places, **fields):
    """Plan an event with its places and open it to register; return its number."""
    pk = hand.make("event-new", **fields)
    days = {name: fields[name] for name in ("starts_on", "ends_on")}
    for place in places:
        hand.make("leg-new", pk, **{**days, **place})
    hand.make("event-step", pk, query="?state=open")
    return pk


def held(hand, pk, first, last):
    """Let an event begin and end on its days."""
    for state, day in (("running", first), ("held", last)):
        hand.on(day)
        hand.make("event-step", pk, query=f"?state={state}")


def handed_in(hand, kind, rows, **options):
    """Hand a list in as its file, look at what would come of it, and save it; return its page."""
    sent = upload(workbook(rows), f"{kind}.xlsx")
    pk = hand.make("import-new", query=f"?kind={kind}", kind=kind, file=sent)
    address = reverse("import-columns", args=[pk])
    form = hand.client.get(address).context["form"]
    guessed = {name: form[name].value() for name in form.fields}
    chosen = {name: value for name, value in guessed.items() if value not in (None, False)}
    reply = hand.client.post(address, {**chosen, **options})
    assert reply.status_code == 302, Page(reply).errors()
    run_waiting()
    seen = hand.read("import", pk)
    row = seen.context["row"]
    assert (row.new, row.wrong) == (len(rows) - 1, 0), seen.text[:1500]
    reply = hand.client.post(reverse("import-save", args=[pk]), {"policy": "all"})
    assert reply.status_code == 302, Page(reply).text[:600]
    run_waiting()
    done = hand.read("import", pk)
    assert done.context["row"].status == "saved", done.text[:1500]
    return done


def report(hand, pk):
    """An event's results as its workbook: the rows of each sheet without their headings."""
    reply = hand.client.get(reverse("event-results", args=[pk]), {"export": "xlsx"})
    assert reply.status_code == 200
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(reply.content))
    return {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names}


def shared(total, count):
    """A whole shared out into so many whole parts, as evenly as it goes."""
    return [total // count + (place < total % count) for place in range(count)]
