"""Files of long lists, written beside the web."""

import tempfile
from collections.abc import Iterable
from email.message import EmailMessage
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from gyoryu.accounts.models import User
from gyoryu.jobs import actions
from gyoryu.jobs.actions import files
from gyoryu.web import clock, export


@task()
def write(path: str, query: str, user: int, language: str) -> None:
    """Write the file of a list as somebody asked for it, and keep it with the job.

    The list's own view is asked again as that person, so rights and conditions are the screen's.
    Safe to run again: the file of an earlier try is replaced.
    """
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET, request.user = QueryDict(query), User.objects.get(pk=user)
    found = resolve(path)
    with translation.override(language), export.whole(_count), tempfile.TemporaryFile() as held:
        reply: HttpResponse = found.func(request, *found.args, **found.kwargs)
        pieces: Iterable[bytes] = reply.streaming_content if reply.streaming else [reply.content]  # type: ignore[attr-defined]
        for piece in pieces:
            held.write(piece)
        held.seek(0)
        files.keep(held, _name(reply), by=request.user, at=clock.now())


def _count(rows: int) -> None:
    actions.report(rows, doing=_("Writing rows"))


def _name(reply: HttpResponse) -> str:
    told = EmailMessage()
    told["Content-Disposition"] = reply["Content-Disposition"]
    return unquote(told.get_filename() or "list")
