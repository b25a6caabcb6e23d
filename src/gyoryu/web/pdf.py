"""Printed pages: a typst template of the house, filled with values, as a PDF.

Values reach a template as data (``sys.inputs``), never as markup, so that nothing that somebody
typed can be read as typst code. A template may open no file and fetch nothing.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused

# Families that have all of Hangul, best first, as Linux, Windows and macOS name them.
KOREAN = [
    "Pretendard",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "NanumGothic",
    "Nanum Gothic",
    "NanumBarunGothic",
    "AppleGothic",
    "UnDotum",
    "Noto Serif CJK KR",
    "NanumMyeongjo",
    "Batang",
]


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of this machine; looking for them takes a moment, so it is done once."""
    return typst.Fonts()


def korean_font() -> str:
    """Return the best Korean font of this machine, or refuse: empty boxes help nobody."""
    there = set(fonts().families())
    for family in KOREAN:
        if family in there:
            return family
    # Looked for again next time, so that installing one helps without a restart.
    fonts.cache_clear()
    raise Refused(
        _(
            "This server has no Korean font, so no PDF can be made. Ask its administrator to"
            " install one, for example the package fonts-noto-cjk or fonts-nanum."
        )
    )


def typeset(template: Path, data: dict[str, Any], *, language: str) -> bytes:
    """Fill a template with data and return the PDF (PDF/UA-1: tagged, its text can be copied)."""
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "font": korean_font(),
        "lang": language,
    }
    made: Any = typst.compile(
        template,
        root=template.parent,
        font_paths=fonts(),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def answer(name: str, pdf: bytes) -> HttpResponse:
    """Return a PDF that the browser shows, and keeps under this name when it is saved."""
    reply = HttpResponse(pdf, content_type="application/pdf")
    reply["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return reply
