"""Every list, record and board as two people see them: of one government, and of the nation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode

from gyoryu.doors.benches.values import Timed, timed

OK = 200
LISTS = (
    "agreements", "engagements", "commitments", "duties", "requests", "bodies",
    "organisations", "people", "programmes", "calls", "awards", "activities", "events",
)  # fmt: skip
# Lists of which programs ask by other names, or not at all.
SEEN = (
    "results/events", "results/programmes", "centres", "channels", "listings",
    "providers", "sanctions", "voucher-terms", "representatives",
    "openings/ko",
)  # fmt: skip
# Seen by who may know who applied, which in the sample's government is not everybody who reads.
GUARDED = (
    "applications", "claims", "orders", "vouchers", "outcomes", "settlements", "recoveries",
    "consultations", "deals", "follow-ups", "results/companies", "enquiries",
)  # fmt: skip
# Boards and lists without pages, of which some are for those who decide and pay.
BOARDS = ("portfolio", "payments", "signals", "rates", "my", "vouchers/providers", "results")
# What belongs to one call: measured for the largest there are.
OF_CALL = ("", "applications/", "applications/board/", "panel/", "ranking/", "awards/")


def measure() -> Iterator[Timed]:
    """Ask for every screen as readers of one government, then as an auditor of all."""
    look_for_signals()
    for who, email in readers():
        browser = signed_in(email)
        for name, address in screens(browser):
            yield timed(f"{who}{name}", partial(browser.get, address))


def look_for_signals() -> None:
    """Look through the programmes for signals, as every night: a page of none would be no page."""
    from gyoryu.programmes.actions import signals  # noqa: PLC0415
    from gyoryu.programmes.models import SignalRun  # noqa: PLC0415
    from gyoryu.web import clock  # noqa: PLC0415

    if not SignalRun.objects.exists():
        signals.look_through_all(by=None, at=clock.now())


def readers() -> list[tuple[str, str]]:
    """Return who looks: the auditor of one government, and that of all."""
    from gyoryu.sample.bulk import AUDITOR  # noqa: PLC0415 (the environment is set first)

    return [
        ("", "auditor@gyoryu.example"),
        ("nation: ", AUDITOR),
    ]


def signed_in(email: str) -> Any:
    """Return a browser in which this person is signed in."""
    from django.test import Client  # noqa: PLC0415

    from gyoryu.accounts.models import User  # noqa: PLC0415

    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get(email=email))
    return browser


def screens(browser: Any) -> Iterator[tuple[str, str]]:
    """Yield what is measured: boards, lists at the first and the deepest page, records."""

    def opens(name: str) -> bool:
        return bool(browser.get(f"/{name}/").status_code == OK)

    yield from [("first page", "/"), ("late", "/due/late/"), ("map of ties", "/ties/")]
    for name in filter(opens, BOARDS):
        yield name, f"/{name}/"
    for by in ("country", "centre"):
        yield f"results by {by}", f"/results/?by={by}"
    for name in filter(opens, (*GUARDED, *SEEN)):
        yield name, f"/{name}/"
        yield f"{name}, deepest page", deepest(browser, f"/{name}/")
    for name in LISTS:
        yield name, f"/{name}/"
        yield f"{name}, deepest page", deepest(browser, f"/{name}/")
        yield f"{name}, “나루 12”", f"/{name}/?q=나루 12"
    yield from of_calls(opens)
    yield from records()


@contextmanager
def what_is_drawn() -> Iterator[None]:
    """Keep what templates are given: a copy for each, which nobody who reads has to wait for."""
    from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: PLC0415

    setup_test_environment()
    try:
        yield
    finally:
        teardown_test_environment()


def of_calls(opens: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield the pages and boards of the largest calls, as far as they open."""
    for told, call in largest():
        for part in OF_CALL:
            if opens(f"calls/{call}/{part}".rstrip("/")):
                yield f"{told}, {part or 'page'}", f"/calls/{call}/{part}"


def largest() -> Iterator[tuple[str, int]]:
    """Yield the call that most applied to, and the one that a panel judged."""
    from gyoryu.programmes.models import Call  # noqa: PLC0415 (the environment is set first)
    from gyoryu.sample.programmes.bulk_panel import NUMBER  # noqa: PLC0415

    first = Call.objects.filter(number__startswith="BN-", state="decided").order_by("pk").first()
    judged = Call.objects.filter(number=NUMBER).first()
    for told, call in (("largest call", first), ("judged call", judged)):
        if call is not None:
            yield told, call.pk


def deepest(browser: Any, address: str) -> str:
    """Return the address of the last page: that after the second of the list turned round."""
    with what_is_drawn():
        listing = browser.get(address).context["listing"]
        turned = listing.sort.removeprefix("-") if listing.descending else f"-{listing.sort}"
        far = browser.get(f"{address}?sort={turned}&size=50").context["listing"]
    if not far.next:
        return address
    last = far._signer.unsign_object(parse_qs(far.next.lstrip("?"))["after"][0])
    after = far._signer.sign_object([listing.sort, *last[1:]])
    return f"{address}?{urlencode({'sort': listing.sort, 'after': after})}"


def records() -> Iterator[tuple[str, str]]:
    """Yield the first and the last record of each kind, as the sample's government sees them."""
    from gyoryu.agreements.models import Agreement, Commitment, Engagement  # noqa: PLC0415
    from gyoryu.parties.models import Organisation, Person  # noqa: PLC0415

    for model in (Agreement, Engagement, Commitment, Organisation, Person):
        own = model._default_manager.filter(unit__path__startswith="/1/").order_by("pk")
        for place, row in (("first", own.first()), ("last", own.last())):
            if row is not None:
                yield f"{model._meta.model_name} page, {place}", row.get_absolute_url()
