"""Empty sheets to fill in: the headings that are read best, and one row as an example."""

from typing import Any

from django.utils.translation import override

from gyoryu.imports.sheets.judging import Kind
from gyoryu.web import export

NAMES = {
    "agreements": ("협약-양식", "agreements-template"),
    "organisations": ("기관-양식", "organisations-template"),
    "people": ("인물-양식", "people-template"),
    "engagements": ("교류-양식", "engagements-template"),
    "commitments": ("약속-양식", "commitments-template"),
    "consultations": ("상담-양식", "consultations-template"),
    "deals": ("거래-양식", "deals-template"),
    "sales": ("온라인몰-판매-양식", "mall-sales-template"),
    "costs": ("센터-운영비-양식", "centre-costs-template"),
    "buyers": ("바이어-양식", "buyers-template"),
    "applications": ("신청서-접수-양식", "applications-template"),
    "exhibitors": ("참가기업-양식", "exhibitors-template"),
    "wishes": ("상담희망-양식", "wishes-template"),
}
# Parts of a date have their column above; a sheet of ours has the whole in one.
SPLIT = {"signed_year", "signed_month", "signed_day"}


def file_name(kind: str, language: str) -> str:
    """Return what the template is called."""
    ko, en = NAMES[kind]
    return en if language == "en" else ko


def example(kind: Kind, language: str) -> tuple[list[export.Column], list[dict[str, str]]]:
    """Return a kind's columns in a language, and its example row."""
    columns, row = [], {}
    with override(language):
        for column in kind.columns:
            if column.name not in SPLIT:
                columns.append(export.Column(str(column.label), _value(column.name)))
                row[column.name] = column.example[language == "en"]
    return columns, [row]


def _value(name: str) -> Any:
    return lambda row: row[name]
