"""Results as files: one event's report as a workbook and on paper, lists with their grades."""

import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gyoryu.base.money import Money, plain
from gyoryu.trade.models import Event, Grade
from gyoryu.trade.queries import results as queries
from gyoryu.trade.queries.results import Funnel, Part
from gyoryu.web import pdf
from gyoryu.web.export import Column, safe

TEMPLATE = Path(__file__).parent.parent / "templates" / "trade" / "results" / "report.typ"


def told(money: Iterable[Money]) -> str:
    """Write amounts of several currencies beside each other; they are never added."""
    return ", ".join(f"{one.currency} {plain(one)}" for one in money)


def grade_columns(of: Callable[[Any], Funnel]) -> list[Column]:
    """Return a column of numbers and one of amounts for each grade; there is none of their sum."""
    columns = []
    for grade in Grade:
        words = str(grade.label)
        columns.append(Column(f"{words}: {_('how many')}", _count(of, grade.value)))
        columns.append(Column(f"{words}: {_('amount')}", _amounts(of, grade.value)))
    return columns


def _count(of: Callable[[Any], Funnel], grade: str) -> Callable[[Any], int]:
    return lambda row: of(row).levels[grade].count


def _amounts(of: Callable[[Any], Funnel], grade: str) -> Callable[[Any], str]:
    return lambda row: told(of(row).levels[grade].amounts)


def heads() -> list[str]:
    """Return the headings of the grades' table."""
    return [_("Grade"), pgettext("cases", "How many"), _("Lost since"), _("Without an amount"),
            _("Currency"), _("Amount")]  # fmt: skip


def lines(funnel: Funnel) -> list[list[Any]]:
    """Return a line for each grade and currency; a grade of which no amount was told has one."""
    rows: list[list[Any]] = []
    for level in funnel.told:
        start = [str(level.grade.label), level.count, level.lost, level.unsaid]
        amounts = [[one.currency, one.amount] for one in level.amounts] or [["", None]]
        rows += [[*start, *one] for one in amounts]
    return rows


def _parts(parts: Iterable[Part]) -> list[list[Any]]:
    return [[str(part.row), *line] for part in parts for line in lines(part.funnel)]


def _people(event: Event) -> list[list[Any]]:
    there, money = queries.attended(event), queries.spent(event)
    return [
        [_("Companies"), there.companies],
        [_("Buyers"), there.buyers],
        [_("Meetings held"), there.held],
        [_("Meetings missed"), there.missed],
        [_("Cost of the event (KRW)"), money.cost],
        [_("Paid to its exhibitors (KRW)"), money.paid],
    ]


def sections(event: Event, *, companies: bool) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Return an event's report, part by part: name, headings, lines."""
    mine = queries.of_events([event]).get(event.pk, queries.nothing())
    parts = [
        (_("Who came"), [_("What"), pgettext("cases", "How many")], _people(event)),
        (_("By grade"), heads(), lines(mine)),
        (_("By place"), [_("Place"), *heads()], _parts(queries.by_place(event))),
        (_("By country"), [_("Country"), *heads()], _parts(queries.by_country(event))),
    ]
    if companies:
        rows = _parts(queries.by_company(event))
        parts.append((_("By company"), [_("Company"), *heads()], rows))
    return parts


def workbook(event: Event, *, companies: bool) -> bytes:
    """Write an event's report as a workbook, a sheet for each part."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    for name, head, rows in sections(event, companies=companies):
        sheet = book.add_worksheet(name[:31])
        sheet.write_row(0, 0, head, bold)
        sheet.set_column(0, len(head), 18)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [_cell(value) for value in row])
    book.close()
    return held.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else value


def paper(event: Event, *, companies: bool) -> bytes:
    """Typeset an event's report as a PDF."""
    parts = [
        {"name": name, "heads": head, "rows": [[_word(value) for value in row] for row in rows]}
        for name, head, rows in sections(event, companies=companies)
    ]
    data = {
        "title": str(event),
        "author": str(event.unit),
        "sub": f"{event.get_kind_display()} · {event.number} · {event.starts_on} – {event.ends_on}",
        "note": _("Amounts of different grades and currencies are never added."),
        "parts": parts,
        "none": _("Nothing noted."),
    }
    return pdf.typeset(TEMPLATE, data, language=(get_language() or "ko")[:2])


def _word(value: Any) -> str:
    if isinstance(value, Decimal | int):
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"
    return "" if value is None else str(value)
