"""The screen of a list: its page, or the file of exactly what is listed."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gyoryu.web import export
from gyoryu.web.access import Request
from gyoryu.web.export import Sheet
from gyoryu.web.listing import Listing


def show(
    request: Request,
    listing: Listing,
    sheet: Sheet,
    template: str,
    heading: Any,
    on: date | None = None,
    **more: Any,
) -> HttpResponse:
    """Answer with the list as the file that was asked for, else as its page.

    ``on`` is the day of a file whose rows are those of a day; ``more`` is for the template.
    """
    if file := export.asked(request, listing.chosen, sheet, on):
        return file
    return render(request, template, {"listing": listing, "heading": heading, **more})
