"""Small form pages: each asks one thing about a record and comes back to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from gyoryu.web import clock, posting
from gyoryu.web.access import Request
from gyoryu.web.posting import Act


@dataclass(frozen=True)
class Page:
    """The words of a small form page, and where it belongs.

    ``row`` is the record it is about and comes back to, at the part ``at`` of its page. Without
    one, ``above`` names the page it came from, as words and address.
    """

    heading: Any
    row: Any = None
    at: str = ""
    above: tuple[Any, str] | None = None
    about: Any = ""
    explained: Any = ""
    save: Any = ""

    @property
    def back(self) -> str:
        """Where the way back leads."""
        if self.row is not None:
            return f"{self.row.get_absolute_url()}{self.at}"
        return self.above[1] if self.above else ""


def run(
    request: Request,
    form: forms.Form,
    act: Act,
    page: Page,
    *,
    done: str = "",
    template: str = "web/small_form.html",
    **context: Any,
) -> HttpResponse:
    """Show or post a small form; a template of one's own extends ``web/small_form.html``."""
    given = {"page": page, "row": page.row, **context}
    return posting.run(request, form, template, act, context=given, done=done, to=page.back)


def act_on(
    request: Request,
    row: Any,
    form: type[forms.Form],
    act: Callable[..., Any],
    page: Page,
    **more: Any,
) -> HttpResponse:
    """Ask in a small form what an action needs beside its record, and carry it out.

    ``act`` takes the record, the form's values by name, ``by`` and ``at``; the rest is as above.
    """
    return run(
        request,
        form(posting.typed(request)),
        lambda values: act(row, **values, by=request.user, at=clock.now()),
        page,
        **more,
    )
