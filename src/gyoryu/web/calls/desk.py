"""An app's operations, each in a line: a list, a record, or a form that is carried out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.models import Path

from gyoryu.web.calls import answering, asked, typed
from gyoryu.web.calls.answering import Act
from gyoryu.web.calls.call import Call, nobody
from gyoryu.web.calls.operation import KEY, LONGEST_KEY, WORDS, Operation, Told
from gyoryu.web.calls.shapes import Saved, Shape, page_of
from gyoryu.web.listing import Listing

Find = Callable[[Call], Any]
MakeForm = Callable[[Call], Form]
# The list in which queued work stands.
JOBS = "jobs"
MakeList = Callable[..., Listing]


class Desk(Router):
    """The operations of an app, or of a part of one. ``title`` heads them in the documentation."""

    def __init__(self, title: Any) -> None:
        super().__init__()
        self.title = title
        self.operations: list[Operation] = []

    def lists(
        self,
        path: str,
        title: Any,
        row: type[Shape],
        make: MakeList,
        *,
        may: str,
        find: Find | None = None,
    ) -> None:
        """Answer with a page of a list as its screen has it: ``make`` takes request and day.

        Of a list that is part of a record, ``find`` returns the record, and ``make`` takes it too.
        """

        def run(call: Call) -> Any:
            within = (find(call),) if find else ()
            return asked.page(make(call.request, call.today, *within), call.request.path)

        def asks() -> Told:
            call = nobody()
            call.request.user = call.user
            within = (None,) if find else ()
            return {"parameters": asked.parameters(make(call.request, call.today, *within))}

        self._add(Operation("GET", path, title, may, run, asks, page_of(row)))

    def finds(
        self,
        path: str,
        title: Any,
        shape: type[Shape],
        form: type[Form],
        answer: Act,
        *,
        may: str,
    ) -> None:
        """Answer what a form in the address asks: ``answer`` takes the call and the form."""

        def run(call: Call) -> Any:
            filled = form(call.request.GET)
            asked.check_form(filled)
            return answer(call, filled)

        def asks() -> Told:
            return {"parameters": asked.form_parameters(form())}

        self._add(Operation("GET", path, title, may, run, asks, shape))

    def shows(self, path: str, title: Any, shape: type[Shape], find: Find, *, may: str) -> None:
        """Answer with a record."""
        self._add(Operation("GET", path, title, may, find, shape=shape))

    def serves(self, path: str, title: Any, find: Find, *, may: str) -> None:
        """Answer with a file: ``find`` returns it as a response."""
        self._add(Operation("GET", path, title, may, find))

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
        queues: bool = False,
        fields: dict[str, forms.Field] | None = None,
    ) -> None:
        """Fill in a form and carry it out.

        ``find`` returns the record it is about and refuses who may not change it, ``form`` makes
        the form with what it begins with, ``act`` calls the action. ``creates`` names the list in
        which the new record stands. What ``queues`` leaves the work to a worker: ``act`` returns
        the job, which is asked for how far it is. ``fields`` are those the form only has for a
        certain record.
        """
        status = 202 if queues else 201 if creates else 200
        told_at = JOBS if queues else creates
        make: MakeForm = (lambda _call: form()) if isinstance(form, type) else form

        def run(call: Call) -> Any:
            if find:
                call.row = find(call)
            return answering.carry_out(call, make(call), act, told_at, status)

        def asks() -> Told:
            own = fields if fields is not None else make(nobody()).fields
            return _told_form(own, () if method == "POST" else own)

        self._add(Operation(method, path, title, may, run, asks, Saved, status))

    def _add(self, operation: Operation) -> None:
        def view(request: HttpRequest, **path: Any) -> Any:
            return answering.answer(operation, request, path)

        view.__name__ = operation.name
        address, arguments = operation.path, []
        for name in operation.names:
            kind = str if name in WORDS else int
            address = address.replace(f"{{{name}}}", f"{{{kind.__name__}:{name}}}")
            arguments.append((name, kind, Path(...)))
        view._ninja_contribute_args = arguments  # type: ignore[attr-defined]
        self.operations.append(operation)
        # Writes answer by themselves, so that an answer can be kept and given again.
        shape = None if operation.writes else operation.shape
        self.add_api_operation(
            address, [operation.method], view, response=shape, url_name=operation.name
        )


def _told_form(fields: Any, given: Any) -> Told:
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


def _key_parameter() -> Told:
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
