"""An app's operations, each in a line: a list, a record, or a form that is carried out."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.models import Path

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.web.calls import asked, problems, typed
from gyoryu.web.calls.call import Call, nobody
from gyoryu.web.calls.shapes import Saved, Shape, page_of
from gyoryu.web.listing import Listing

Find = Callable[[Call], Any]
MakeForm = Callable[[Call], Form]
Act = Callable[[Call, Any], Any]
MakeList = Callable[[Any, date], Listing]
KEY, LONGEST_KEY = "Idempotency-Key", 100
ROOT = "/api/v1/"
BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class Operation:
    """One operation: its address and method, what it is called, and what its token must allow."""

    method: str
    path: str
    title: Any
    may: str
    run: Callable[[Call], Any]
    extra: Callable[[], dict[str, Any]] = field(default=dict)

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"

    @property
    def name(self) -> str:
        """The name by which a client knows it: get_agreements, post_agreements_sign."""
        words = [one for one in self.path.split("/") if one]
        told = [f"by_{one[1:-1]}" if one.startswith("{") else one for one in words]
        return "_".join([self.method.lower(), *told]).replace("-", "_")

    def told(self, path: dict[str, Any]) -> str:
        """Name a call for the history: by numbers, not by what somebody typed."""
        own = {name: value for name, value in path.items() if isinstance(value, int)}
        address = self.path
        for name, value in own.items():
            address = address.replace(f"{{{name}}}", str(value))
        return f"{self.method} {ROOT}{address}"


class Desk(Router):
    """The operations of an app, or of a part of one. ``title`` heads them in the documentation."""

    def __init__(self, title: Any) -> None:
        super().__init__()
        self.title = title
        self.operations: list[Operation] = []

    def lists(self, path: str, title: Any, row: type[Shape], make: MakeList, *, may: str) -> None:
        """Answer with a page of a list as its screen has it: ``make`` takes request and day."""

        def run(call: Call) -> Any:
            return asked.page(make(call.request, call.today), f"{ROOT}{path}")

        def extra() -> dict[str, Any]:
            call = nobody()
            call.request.user = call.user
            return {"parameters": asked.parameters(make(call.request, call.today))}

        self._add(Operation("GET", path, title, may, run, extra), page_of(row))

    def shows(self, path: str, title: Any, shape: type[Shape], find: Find, *, may: str) -> None:
        """Answer with a record."""
        self._add(Operation("GET", path, title, may, find), shape)

    def serves(self, path: str, title: Any, find: Find, *, may: str) -> None:
        """Answer with a file: ``find`` returns it as a response."""
        file = {"schema": {"type": "string", "format": "binary"}}
        extra = {"responses": {"200": {"description": "OK", "content": {"*/*": file}}}}
        self._add(Operation("GET", path, title, may, find, lambda: extra), None)

    def writes(  # noqa: PLR0913 (an operation is these things, and is told in one call)
        self,
        path: str,
        title: Any,
        form: MakeForm | type[Form],
        act: Act,
        *,
        may: str,
        find: Find | None = None,
        method: str = "POST",
        creates: str = "",
        fields: dict[str, forms.Field] | None = None,
    ) -> None:
        """Fill in a form and carry it out.

        ``find`` returns the record it is about and refuses who may not change it, ``form`` makes
        the form with what it begins with, ``act`` calls the action. ``creates`` names the list in
        which the new record stands. ``fields`` are those the form only has for a certain record.
        """
        make: MakeForm = (lambda _call: form()) if isinstance(form, type) else form

        def run(call: Call) -> Any:
            if find:
                call.row = find(call)
            return _carry_out(call, make(call), act, creates)

        def extra() -> dict[str, Any]:
            own = fields if fields is not None else make(nobody()).fields
            return _told_form(own, () if method == "POST" else own)

        status = 201 if creates else 200
        self._add(Operation(method, path, title, may, run, extra), {status: Saved})

    def _add(self, operation: Operation, response: Any) -> None:
        def view(request: HttpRequest, **path: Any) -> Any:
            return _answer(operation, request, path)

        view.__name__ = operation.name
        names = [one[1:-1] for one in operation.path.split("/") if one.startswith("{")]
        view._ninja_contribute_args = [_argument(name) for name in names]  # type: ignore[attr-defined]
        self.operations.append(operation)
        address = operation.path
        for one in names:
            address = address.replace(f"{{{one}}}", f"{{{'str' if one in WORDS else 'int'}:{one}}}")
        self.add_api_operation(
            address, [operation.method], view, response=response,
            operation_id=operation.name, url_name=operation.name,
        )  # fmt: skip


WORDS = {"model", "when"}


def _argument(name: str) -> tuple[str, Any, Any]:
    if name in WORDS:
        return name, str, Path(..., max_length=80)
    return name, int, Path(..., ge=1, le=BIGGEST, description="The record's number.")


def _told_form(fields: Any, given: Any) -> dict[str, Any]:
    """Describe a form for the schema: as JSON, or in parts where a file may come with it."""
    if not fields:
        return {"parameters": [_key_parameter()]}
    schema = typed.schema_of(fields, given)
    plain = {name: own for name, own in fields.items() if not isinstance(own, forms.FileField)}
    content = {"application/json": {"schema": typed.schema_of(plain, given)}}
    if len(plain) < len(fields):
        content[typed.MULTIPART] = {"schema": schema}
    body = {"required": bool(schema.get("required")), "content": content}
    return {"requestBody": body, "parameters": [_key_parameter()]}


def _key_parameter() -> dict[str, Any]:
    return {
        "name": KEY,
        "in": "header",
        "required": False,
        "description": _(
            "Any text of your own for this one call. Sent again within a day, it gets the same "
            "answer, and nothing is done twice."
        ),
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    }


def _answer(operation: Operation, request: Any, path: dict[str, Any]) -> Any:
    """Carry out a call and write its use down, in one transaction where it changes something."""
    call = Call(request, request.auth, path)
    told = operation.told(path)
    try:
        with transaction.atomic() if operation.writes else nullcontext():
            check_may(call.user, operation.may)
            reply = _once(operation, call) if operation.writes else operation.run(call)
            status = getattr(reply, "status_code", 200)
            tokens.note_use(call.token, told, status, by=call.user, at=call.now)
            return reply
    except problems.HANDLED as trouble:
        problem = problems.of(trouble)
        tokens.note_use(call.token, told, problem.status, by=call.user, at=call.now)
        raise problem from trouble


def _once(operation: Operation, call: Call) -> JsonResponse:
    """Carry out a write; with a key that was answered before, give that answer again."""
    key = call.request.headers.get(KEY)
    if key is None:
        status, body = operation.run(call)
    elif not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise problems.wrong({KEY: [_("A key has 1 to %(most)d letters.") % {"most": LONGEST_KEY}]})
    else:
        status, body = tokens.once(
            call.token, key, _digest(call), lambda: operation.run(call), by=call.user, at=call.now
        )
    headers = {"Location": body["href"]} if status == 201 else None
    return JsonResponse(body, status=status, headers=headers)


def _digest(call: Call) -> str:
    """Return what tells one call from another: its address and its body."""
    told = hashlib.sha256(f"{call.request.method} {call.request.path}\n".encode())
    for part in typed.pieces(call.request):
        told.update(part)
    return told.hexdigest()


def _carry_out(call: Call, form: Form, act: Act, creates: str) -> tuple[int, dict[str, Any]]:
    form.data, form.files = typed.sent(call.request, form)
    form.is_bound = True
    if not form.is_valid():
        raise problems.wrong(_errors(form))
    try:
        with transaction.atomic():
            made = act(call, form)
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        raise problems.wrong({refusal.field: [str(refusal)]}) from refusal
    row = made if isinstance(made, Model) else call.row
    return (201 if creates else 200), _saved(row, creates)


def _errors(form: Form) -> problems.Errors:
    found = {name: [str(one) for one in told] for name, told in form.errors.items()}
    whole = found.pop("__all__", None)
    return {**found, problems.WHOLE: whole} if whole else found


def _saved(row: Any, creates: str) -> dict[str, Any]:
    href = f"{ROOT}{creates}/{row.pk}" if creates else ""
    return {"id": row.pk, "kind": row._meta.model_name, "name": str(row)[:300], "href": href}
