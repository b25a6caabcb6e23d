"""The first page, and what every page shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _

from gyoryu.accounts.models import in_language
from gyoryu.base.refused import Refused
from gyoryu.insight.queries import due as dues
from gyoryu.insight.queries import figures
from gyoryu.insight.queries.falling import APPLICANTS, DEALINGS
from gyoryu.insight.queries.figures import Year
from gyoryu.web import clock, counting
from gyoryu.web.access import Request, may, public, signed_in
from gyoryu.web.context import shell

BAR, WIDEST = 40, 300


@signed_in
def home(request: Request) -> HttpResponse:
    """What is due and what came in; whoever comes from outside has a first page of their own."""
    if not request.user.access.may("home.view"):
        return HttpResponseRedirect(reverse("my"))
    day = clock.today()
    years = figures.kept_by_year(day, request.user)
    context = {
        "queues": dues.queues(day, request.user),
        "figures": figures.figures(day, request.user, years[0]),
        "years": years,
        "bars": bars(years),
        "chart_height": BAR * len(years),
        "may_change": request.user.access.may("agreements.change"),
    }
    return render(request, "insight/home.html", context)


@may("home.view")
def due(request: Request, when: str) -> HttpResponse:
    """All that is late or soon due, whatever its kind."""
    queue = dues.falling_due(when, clock.today(), request.user, shown=200)
    if queue is None:
        raise Refused(_("There is no such list."))
    return render(request, "insight/due.html", {"queue": queue})


@public
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Read on in another language; the choice is kept in a cookie."""
    to = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}):
        to = "/"
    reply = HttpResponseRedirect(to)
    if check_for_language(code):
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SECURE,
        )
    return reply


@dataclass(frozen=True)
class Bar:
    """A bar of the chart, placed."""

    year: int
    due: int
    kept: int
    y: int
    due_width: float
    kept_width: float

    @property
    def text_y(self) -> int:
        """Where the words above the bar stand."""
        return self.y - 6

    @property
    def edge_y(self) -> float:
        """Where the bar's outline begins."""
        return self.y + 0.6


def bars(years: list[Year]) -> list[Bar]:
    """Place the bars of a chart on one true scale."""
    most = max((year.due for year in years), default=0) or 1
    return [
        Bar(
            year.year,
            year.due,
            year.kept,
            BAR * place + 20,
            round(WIDEST * year.due / most, 1),
            round(WIDEST * year.kept / most, 1),
        )
        for place, year in enumerate(years)
    ]


@dataclass(frozen=True)
class Item:
    """A line of the menu."""

    href: str
    icon: str
    label: str
    current: bool
    count: int = 0
    tone: str = ""

    @property
    def told(self) -> str:
        """The count as it is told: the menu stops counting where nobody reads on."""
        return counting.told(self.count, dues.MENU_MOST)


@dataclass(frozen=True)
class Group:
    """A part of the menu with its heading."""

    title: str
    items: list[Item]


def around(request: Request) -> dict[str, Any]:
    """Return the menu and whose it is, for the shell of every page."""
    # An address that fails before anybody was looked up, such as a missing file, has no user.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    if not user.access.may("home.view"):
        return {"navigation": [Group("", outside(request))]}
    told = dues.around(clock.today(), user)
    own = user.access.grants[0]
    groups = [
        Group(title, [item for line in lines if (item := _item(request, told, *line))])
        for title, lines in menu()
    ]
    return {
        "navigation": [group for group in groups if group.items],
        "may_search": True,
        "may_write": user.access.may("parties.change"),
        "my_unit": in_language(own.name_ko, own.name_en),
        "government": in_language(told.get("name_ko", ""), told.get("name_en", "")),
    }


def outside(request: Request) -> list[Item]:
    """Return the menu of somebody who holds no role inside: only what is theirs."""
    lines = [
        ("my", "home", _("My page")),
        ("my-companies", "case", _("Companies I act for")),
        ("my-events", "booth", _("My events")),
        ("my-deals", "hand", _("My deals")),
        ("my-listings", "flag", _("My goods on online malls")),
        ("my-centres", "globe", _("Business centres")),
        ("letters", "inbox", _("Letters")),
    ]
    here = [reverse(name) for name, _icon, _words in lines]
    return [
        Item(
            href,
            icon,
            words,
            request.path == href or (href != here[0] and request.path.startswith(href)),
        )
        for href, (_name, icon, words) in zip(here, lines, strict=True)
    ]


def menu() -> list[tuple[str, list[tuple[str, str, str, str, str]]]]:
    """Return the menu's groups: address name, icon, words, capability, and what is counted."""
    return [
        ("", [("home", "home", _("Today"), "home.view", "")]),
        (
            _("Agreements and exchange"),
            [
                ("agreements", "hand", _("Agreements"), "agreements.view", ""),
                ("engagements", "meet", _("Engagements"), "agreements.view", ""),
                ("commitments", "flag", _("Commitments"), "agreements.view", "late_commitments"),
                ("duties", "cal", _("Duties"), "agreements.view", "late_duties"),
                ("requests", "swap", _("Requests and answers"), "agreements.view", "late_requests"),
                ("bodies", "people", _("Consultative bodies"), "agreements.view", ""),
                ("ties", "globe", _("Map of ties"), "home.view", ""),
            ],
        ),
        (
            _("Partners"),
            [
                ("organisations", "case", _("Organisations"), "parties.view", ""),
                ("people", "user", _("People"), "parties.view", ""),
                ("regions", "globe", _("Regions"), "parties.view", ""),
                ("doubles", "link", _("Suspected doubles"), "parties.merge", ""),
            ],
        ),
        (
            _("Programmes"),
            [
                ("portfolio", "coins", _("Portfolio and budgets"), "programmes.view", ""),
                ("programmes", "flag", _("Programmes"), "programmes.view", ""),
                ("calls", "out", _("Calls"), "programmes.view", ""),
                ("applications", "inbox", _("Applications"), APPLICANTS, "applied"),
                ("representatives", "people", _("Company representatives"), APPLICANTS, ""),
                ("activities", "cal", _("Activities"), "programmes.view", ""),
                ("outcomes", "chart", _("Outcomes of support"), APPLICANTS, ""),
            ],
        ),
        (
            _("Money"),
            [
                ("awards", "hand", _("Awards"), "programmes.view", ""),
                ("claims", "doc", _("Claims"), APPLICANTS, "claimed"),
                ("payments", "coins", _("Payments"), "programmes.pay", ""),
                ("vouchers", "case", _("Vouchers"), APPLICANTS, ""),
                ("orders", "swap", _("Orders"), APPLICANTS, ""),
                ("providers", "people", _("Providers"), "programmes.view", ""),
                ("voucher-terms-list", "edit", _("Voucher terms"), "programmes.view", ""),
                ("settlements", "check", _("Settlement"), APPLICANTS, "late_reports"),
                ("recoveries", "down", _("Money to come back"), APPLICANTS, ""),
                ("rates", "globe", _("Exchange rates"), "programmes.view", ""),
                ("sanctions", "stop", _("Sanctions"), "programmes.view", ""),
                ("signals", "alert", _("Signals"), "programmes.signals", ""),
            ],
        ),
        (
            _("Trade"),
            [
                ("events", "booth", _("Trade events"), "trade.view", ""),
                ("consultations", "meet", _("Consultations"), DEALINGS, ""),
                ("deals", "hand", _("Deals"), DEALINGS, ""),
                ("follow-ups", "clock", _("Follow-ups"), DEALINGS, ""),
                ("results", "chart", _("Trade results"), "trade.view", ""),
                ("centres", "globe", _("Business centres"), "trade.view", ""),
                ("enquiries", "inbox", _("Enquiries"), DEALINGS, "late_enquiries"),
                ("leads", "people", _("Buyer leads"), "trade.view", ""),
                ("channels", "case", _("Online malls"), "trade.view", ""),
                ("listings", "flag", _("Listings"), "trade.view", ""),
                ("campaigns", "out", _("Promotions"), "trade.view", ""),
                ("sales", "coins", _("Mall sales"), "trade.view", ""),
                ("shop-windows", "globe", _("Shop windows"), "trade.view", ""),
            ],
        ),
        (
            _("Newsroom"),
            [
                ("review", "inbox", _("Review of facts"), "newsroom.review", "facts"),
                ("articles", "news", _("Articles"), "newsroom.view", ""),
                ("sources", "down", _("Sources"), "newsroom.view", ""),
            ],
        ),
        (
            _("Record"),
            [
                ("publications", "globe", _("Public register"), "register.view", ""),
                ("documents", "doc", _("Documents"), "evidence.view", ""),
                ("history", "news", _("History"), "history.view", ""),
                ("letters", "inbox", _("Letters"), "home.view", "unread"),
                ("imports", "down", _("Imports"), "imports.view", ""),
                ("jobs", "clock", _("Jobs"), "home.view", ""),
            ],
        ),
        (
            _("Administration"),
            [
                ("users", "people", _("Users"), "accounts.manage", ""),
                ("units", "menu", _("Departments"), "accounts.manage", ""),
                ("tokens", "link", _("Tokens"), "accounts.manage", ""),
                ("policy", "edit", _("Duty rules"), "agreements.policy", ""),
                ("areas", "flag", _("Areas of co-operation"), "agreements.areas", ""),
                ("outbox", "out", _("Outgoing letters"), "outbox.watch", ""),
            ],
        ),
    ]


def _item(
    request: Request,
    told: dict[str, Any],
    name: str,
    icon: str,
    label: str,
    capability: str,
    counted: str,
) -> Item | None:
    if not request.user.access.may(capability):
        return None
    href = reverse(name)
    here = request.path == href if href == "/" else request.path.startswith(href)
    tone = "bad" if counted.startswith("late") else ""
    return Item(href, icon, label, here, told.get(counted, 0), tone)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    reason = _("There is nothing at this address, or it is not yours to see.")
    context = {"heading": _("Page not found"), "reason": reason}
    return render(request, "web/problem.html", context, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that we failed, without asking the database for anything."""
    reason = _("The mistake is ours. Nothing was saved; please try again.")
    # Without the request nothing around the page is looked up: neither user, menu nor messages.
    around = {**shell(request), "request": {"get_full_path": request.get_full_path()}}
    context = {"heading": _("Something went wrong"), "reason": reason, **around}
    return HttpResponse(render_to_string("web/problem.html", context), status=500)
