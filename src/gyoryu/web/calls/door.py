"""The API itself: desks put together, tokens asked for, and the schema that tells of it all."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.security import HttpBearer

from gyoryu.accounts import queries
from gyoryu.accounts.actions import tokens
from gyoryu.accounts.models import Token
from gyoryu.web import clock
from gyoryu.web.access import public
from gyoryu.web.calls import problems, schema
from gyoryu.web.calls.desk import Desk
from gyoryu.web.calls.operation import Operation

MINUTE = 60


class TokenAuth(HttpBearer):
    """Asks for a token, and counts its calls."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the token that works with this secret; nobody else is asked for."""
        found = queries.token_of(token, clock.today())
        if found is None:
            return None
        request.user = found.user
        now = clock.now()
        if not tokens.count(found, settings.API_CALLS, by=found.user, at=now):
            wait = str(MINUTE - now.second)
            detail = _("More calls than a minute allows. Wait until the next one begins.")
            raise problems.Problem(429, detail, headers={"Retry-After": wait})
        return found


class Door(NinjaAPI):
    """The API of all desks."""

    def __init__(self, desks: list[Desk]) -> None:
        super().__init__(
            title="Gyoryu", version="1", urls_namespace="api", auth=TokenAuth(),
            openapi_url=None, docs_url=None,
        )  # fmt: skip
        self.desks = desks
        for desk in desks:
            self.add_router("", desk)
        for kind in problems.HANDLED:
            self.add_exception_handler(kind, problems.told)

    @property
    def addresses(self) -> list[URLPattern]:
        """The addresses of all operations, of the schema, and of the page that tells of it."""
        own = []
        for pattern in self.urls[0]:
            if isinstance(pattern, URLPattern) and pattern.name != "api-root":
                pattern.callback = public(_in_problems(pattern.callback))
                own.append(pattern)

        def told(request: HttpRequest) -> HttpResponse:
            return JsonResponse(self.told(get_language() or "ko"))

        def docs(request: HttpRequest) -> HttpResponse:
            return render(request, "web/calls/docs.html", {"desks": self.chapters()})

        return [
            path("openapi.json", public(told), name="openapi"),
            path("docs", public(docs), name="api-docs"),
            *own,
            path("<path:rest>", public(csrf_exempt(_nothing)), name="api-nothing"),
        ]

    @property
    def operations(self) -> list[Operation]:
        """All operations."""
        return [operation for desk in self.desks for operation in desk.operations]

    @lru_cache(maxsize=4)  # noqa: B019 (there is one door, and it stays)
    def told(self, language: str) -> dict[str, Any]:
        """Return the OpenAPI document in the language that is active now."""
        return schema.document(self.desks)

    def chapters(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the operations of each desk as the page tells them."""
        paths = self.told(get_language() or "ko")["paths"]

        def line(one: Operation) -> dict[str, Any]:
            told = paths[one.address][one.method.lower()]
            return {"operation": one, "told": told, "fields": _fields(told)}

        return [(str(desk.title), [line(one) for one in desk.operations]) for desk in self.desks]


def _in_problems(view: Any) -> Any:
    """Answer a method that an address does not have as everything else is answered."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reply: HttpResponse = view(request, *args, **kwargs)
        if reply.status_code == 405:
            allowed = {"Allow": reply["Allow"]}
            return problems.Problem(
                405, _("This address does not know this."), {}, allowed
            ).answer()
        return reply

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _nothing(request: HttpRequest, rest: str) -> HttpResponse:
    detail = _("There is nothing at this address, or it is not yours to see.")
    return problems.Problem(404, detail).answer()


def _fields(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an operation takes, a line for each: parameters, then its body's fields."""
    lines = [
        _line(one["name"], one["schema"], one.get("required"), one.get("description", ""))
        for one in told["parameters"]
    ]
    bodies = list(told.get("requestBody", {}).get("content", {}).values())
    body = bodies[-1]["schema"] if bodies else {}
    needed = body.get("required", [])
    for name, own in {**body.get("properties", {}), **body.get("patternProperties", {})}.items():
        words = " · ".join(filter(None, (own.get("title"), own.get("description"))))
        lines.append(_line(name, own, name in needed, words))
    return lines


def _line(name: str, schema: dict[str, Any], required: Any, told: str) -> dict[str, Any]:
    kind = schema.get("format") or schema.get("type", "")
    return {
        "name": name,
        "required": bool(required),
        "kind": " / ".join(kind) if isinstance(kind, list) else kind,
        "told": told,
        "values": [value for value in schema.get("enum", []) if value is not None],
    }
