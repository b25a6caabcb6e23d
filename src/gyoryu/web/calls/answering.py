"""How a call is carried out: its token asked, done once, and its use written down."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import Form
from django.http import JsonResponse
from django.utils.translation import gettext as _

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.web.calls import problems, typed
from gyoryu.web.calls.call import Call
from gyoryu.web.calls.operation import KEY, LONGEST_KEY, ROOT, Operation

Act = Callable[[Call, Any], Any]
# The answers that say where what was made, or queued, is read.
MADE = (201, 202)


def answer(operation: Operation, request: Any, path: dict[str, Any]) -> Any:
    """Carry out a call and write its use down, in one transaction where it changes something."""
    call = Call(request, request.auth, path)
    told = operation.called(path)
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
    headers = {"Location": body["href"]} if status in MADE else None
    return JsonResponse(body, status=status, headers=headers)


def _digest(call: Call) -> str:
    """Return what tells one call from another: its address and its body."""
    told = hashlib.sha256(f"{call.request.method} {call.request.path}\n".encode())
    for part in typed.pieces(call.request):
        told.update(part)
    return told.hexdigest()


def carry_out(
    call: Call, form: Form, act: Act, creates: str, status: int
) -> tuple[int, dict[str, Any]]:
    """Fill in a form with what was sent and carry it out; a refusal comes back at its field."""
    form.data, form.files = typed.sent(call.request, form)
    form.is_bound = True
    if not form.is_valid():
        raise problems.wrong(problems.errors_of(form))
    try:
        made = act(call, form)
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        raise problems.wrong({refusal.field: [str(refusal)]}) from refusal
    row = made if isinstance(made, Model) else call.row
    return status, _saved(row, creates)


def _saved(row: Any, creates: str) -> dict[str, Any]:
    href = f"{ROOT}{creates}/{row.pk}" if creates else ""
    return {"id": row.pk, "kind": row._meta.model_name, "name": str(row)[:300], "href": href}
