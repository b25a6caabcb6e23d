"""Refusals as programs read them: problem details (RFC 9457) with the errors of each field."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import errors as ninja_errors

from gyoryu.base.refused import NotAllowed, Refused

MEDIA = "application/problem+json"
Errors = dict[str, list[str]]
# Every answer that is no success, and the only ones there are.
STATUSES = (400, 401, 403, 404, 409, 413, 422, 429)
# The name under which errors stand that belong to no field.
WHOLE = ""


@dataclass
class Problem(Exception):
    """A call that is not carried out: the status, the reason in words, and errors by field."""

    status: int
    detail: str
    errors: Errors = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self) -> HttpResponse:
        """Return the problem as it is sent."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": title(self.status),
            "status": self.status,
            "detail": self.detail,
            "errors": self.errors,
        }
        return JsonResponse(told, status=self.status, content_type=MEDIA, headers=self.headers)


def title(status: int) -> str:
    """Return the usual name of a status."""
    return HTTPStatus(status).phrase


SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Why a call was not carried out (RFC 9457), in the language asked for.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "The reasons by field; under an empty name those of the whole.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def wrong(errors: Errors) -> Problem:
    """Return the problem of a call in which something is not as it should be."""
    return Problem(422, _("Some of what was sent is not right."), errors)


def errors_of(form: Form) -> Errors:
    """Return what a form says is wrong, by field."""
    found = {name: [str(one) for one in told] for name, told in form.errors.items()}
    whole = found.pop("__all__", None)
    return {**found, WHOLE: whole} if whole else found


def no_token() -> Problem:
    """Return the problem of a call without a token that works."""
    detail = _("Send a token that works: it may be missing, wrong, revoked or past its last day.")
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="Gyoryu"'})


def of(trouble: Exception) -> Problem:
    """Return what a refusal is to a program; what is no refusal is raised again."""
    if isinstance(trouble, Problem):
        return trouble
    if isinstance(trouble, NotAllowed):
        return Problem(403, str(trouble))
    if isinstance(trouble, Refused):
        status = 422 if trouble.field else 409
        return Problem(status, str(trouble), {trouble.field: [str(trouble)]})
    if isinstance(trouble, Http404):
        return Problem(404, _("There is nothing at this address, or it is not yours to see."))
    if isinstance(trouble, ninja_errors.AuthenticationError):
        return no_token()
    if isinstance(trouble, ninja_errors.ValidationError):
        # Only the numbers in an address are checked before a call begins.
        return Problem(404, _("There is nothing at this address, or it is not yours to see."))
    raise trouble


def told(request: HttpRequest, trouble: Any) -> HttpResponse:
    """Answer a refusal that came before the call began."""
    return of(trouble).answer()


HANDLED = (
    Problem,
    Refused,
    Http404,
    ninja_errors.AuthenticationError,
    ninja_errors.ValidationError,
)
