"""Settlements as files: the pack of one award, and the rows the national systems take in."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from gyoryu.agreements.rules.given import told
from gyoryu.programmes.models import Award, Claim, Recovery, Report
from gyoryu.programmes.queries import settlement as queries
from gyoryu.web import export
from gyoryu.web.export import Column

FOLDER = Path(__file__).parent.parent / "templates" / "programmes" / "settlement"
TEMPLATE = FOLDER / "pack.typ"


def _report(row: Award) -> Report | None:
    return getattr(row, "report", None)


def _of_report(name: str) -> Any:
    return lambda row: getattr(_report(row), name, None)


# Described column by column in docs/settlement.md; the headings are the layout and stay Korean.
NATIONAL = [
    Column("사업연도", lambda row: row.awarded_on.year),
    Column("세부사업번호", lambda row: row.call.programme.number),
    Column("세부사업명", lambda row: row.call.programme.name_ko),
    Column("공고번호", lambda row: row.call.number),
    Column("교부번호", lambda row: row.number),
    Column("보조사업자명", lambda row: row.name),
    Column(
        "사업자등록번호", lambda row: row.organisation.business_number if row.organisation else ""
    ),
    Column("교부결정일", lambda row: row.awarded_on),
    Column("사업시작일", lambda row: row.starts_on),
    Column("사업종료일", lambda row: row.ends_on),
    Column("교부결정액", lambda row: row.ceiling.drawn),
    Column("교부액", lambda row: row.ceiling.paid + row.ceiling.advanced),
    Column("집행인정액", lambda row: row.ceiling.approved),
    Column("불인정액", lambda row: row.n_cut),
    Column("집행건수", lambda row: row.n_claims),
    Column("사용액", _of_report("used")),
    Column("집행잔액", _of_report("unused")),
    Column("발생이자", _of_report("interest")),
    Column("반납액", lambda row: row.ceiling.returned),
    Column("정산상태", lambda row: row.status),
    Column("보고기한", lambda row: row.report_due_on),
    Column("보고일시", _of_report("submitted_at")),
    Column("정산확정일시", _of_report("accepted_at")),
]


def claim_columns() -> list[Column]:
    """Return the columns of the pack's claims."""
    return [
        Column(_("Claim number"), lambda row: row.number),
        Column(_("Category"), lambda row: str(row.heading)),
        Column(_("Issued by"), lambda row: row.provider_name),
        Column(_("Business number"), lambda row: row.provider_number),
        Column(_("Invoice number"), lambda row: row.invoice),
        Column(_("Invoice date"), lambda row: row.invoice_on),
        Column(_("Currency"), lambda row: row.currency),
        Column(_("Price without VAT"), lambda row: row.supply),
        Column(_("VAT"), lambda row: row.vat),
        Column(_("Exchange rate"), lambda row: row.rate.rate if row.rate else None),
        Column(_("Day of the rate"), lambda row: row.rate.day if row.rate else None),
        Column(_("Source of the rate"), lambda row: row.rate.source if row.rate else ""),
        Column(_("Eligible (KRW)"), lambda row: row.eligible),
        Column(_("Approved (KRW)"), lambda row: row.approved),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Paid on"), lambda row: row.paid_on),
        Column(_("Cut, and why"), _told_cuts),
    ]


def _told_cuts(row: Claim) -> str:
    return "; ".join(
        f"{cut.get_code_display()} {cut.amount:,}{f' ({cut.reason})' if cut.reason else ''}"
        for cut in row.cuts.all()
    )


def workbook(award: Award) -> bytes:
    """Write the pack as a workbook: sums, claims, evidence, and what came back."""
    rows = list(queries.claims(award))
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "bottom": 1})
    _sheet(book, bold, _("Sums"), [_("Category"), *_heads()], _sums(award))
    columns = claim_columns()
    told = [[column.value(row) for column in columns] for row in rows]
    _sheet(book, bold, _("Claims"), [column.heading for column in columns], told)
    papers = [
        [claim.number, paper.get_kind_display(), str(paper), paper.original_name, paper.sha256]
        for claim, paper in queries.papers(rows)
    ]
    heads = [_("Claim number"), _("Kind"), _("Title"), _("File name"), "SHA-256"]
    _sheet(book, bold, _("Evidence"), heads, papers)
    _sheet(book, bold, _("Returned"), _back_heads(), [_back(row) for row in _recoveries(award)])
    book.close()
    return held.getvalue()


def _heads() -> list[str]:
    return [_("Ceiling (KRW)"), _("Claimed (KRW)"), _("Approved (KRW)"), _("Paid (KRW)")]


def _sums(award: Award) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [one.name, one.cap, one.claimed, one.approved, one.paid] for one in queries.headings(award)
    ]
    ceiling = award.ceiling
    claimed = sum(row[2] for row in rows)
    whole = [_("The award"), ceiling.limit, claimed, ceiling.approved, ceiling.paid]
    return [*rows, whole]


def _recoveries(award: Award) -> list[Recovery]:
    return list(award.recoveries.order_by("pk"))


def _back_heads() -> list[str]:
    return [_("Kind"), _("Asked for on"), _("Due"), _("Amount (KRW)"), _("Interest (KRW)"),
            _("Returned (KRW)"), _("Interest returned (KRW)"), _("State"), _("Reason"),
            _("Legal basis")]  # fmt: skip


def _back(row: Recovery) -> list[Any]:
    return [row.get_kind_display(), row.asked_on, row.due_on, row.amount, row.interest,
            row.returned, row.returned_interest, row.get_state_display(), row.reason,
            row.legal_basis]  # fmt: skip


def _sheet(book: Any, bold: Any, name: str, heads: list[Any], rows: list[list[Any]]) -> None:
    sheet = book.add_worksheet(name[:31])
    for place, head in enumerate(heads):
        sheet.write_string(0, place, str(head), bold)
        sheet.set_column(place, place, 18)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _put(sheet, line, place, value)
    sheet.freeze_panes(1, 1)


def _put(sheet: Any, line: int, place: int, value: Any) -> None:
    if isinstance(value, int | Decimal):
        sheet.write_number(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif value:
        sheet.write_string(line, place, export.safe(str(value)))


def printed(award: Award) -> dict[str, Any]:
    """Return the pack's words and numbers for the printed page, all of them as text."""
    rows = list(queries.claims(award))
    report = _report(award)
    return {
        "title": f"{_('Settlement')} {award.number}",
        "author": str(award.unit),
        "sub": f"{award.call} · {award.name}",
        "facts": _facts(award, report),
        "parts": [
            _part(_("Sums"), [_("Category"), *_heads()], _sums(award)),
            _part(_("Claims"), _short_heads(), [_short(row) for row in rows]),
            _part(
                _("Evidence"),
                [_("Claim number"), _("Kind"), _("File name"), "SHA-256"],
                [
                    [claim.number, paper.get_kind_display(), paper.original_name, paper.sha256[:16]]
                    for claim, paper in queries.papers(rows)
                ],
            ),
            _part(_("Returned"), _back_heads()[:8], [_back(row)[:8] for row in _recoveries(award)]),
        ],
        "summary": report.summary if report else "",
        "none": _("None"),
    }


def _facts(award: Award, report: Report | None) -> list[list[str]]:
    found = [
        [_("Period of support"), f"{told(award.starts_on)} – {told(award.ends_on)}"],
        [_("Paid out (KRW)"), f"{award.ceiling.paid + award.ceiling.advanced:,}"],
        [_("Returned (KRW)"), f"{award.ceiling.returned:,}"],
    ]
    if report:
        found += [
            [_("Used (KRW)"), f"{report.used:,}"],
            [_("Left over (KRW)"), f"{report.unused:,}"],
            [_("Interest (KRW)"), f"{report.interest:,}"],
            [_("Report"), str(report.get_status_display())],
        ]
    return found


def _short_heads() -> list[str]:
    return [_("Claim number"), _("Category"), _("Issued by"), _("Invoice date"),
            _("Eligible (KRW)"), _("Approved (KRW)"), _("Status"), _("Cut, and why")]  # fmt: skip


def _short(row: Claim) -> list[Any]:
    return [row.number, str(row.heading), row.provider_name, row.invoice_on, row.eligible,
            row.approved, row.get_status_display(), _told_cuts(row)]  # fmt: skip


def _part(name: str, heads: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    told_rows = [[_text(value) for value in row] for row in rows]
    return {"name": name, "heads": [str(head) for head in heads], "rows": told_rows}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
