"""A list too long to be written while somebody waits is written by a worker."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.jobs import actions
from gyoryu.web import clock
from gyoryu.web.export import Long


class LongListMiddleware:
    """Turns a list that is too long into a job, and leads to that job's page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Queue what is too long, once however often it is asked for while it waits."""
        user = request.user
        if not isinstance(exception, Long) or not isinstance(user, User):
            return None
        query, language = request.GET.urlencode(), (get_language() or "ko")[:2]
        job = actions.queue(
            "gyoryu.jobs.tasks.exports.write",
            request.path,
            query,
            user.pk,
            language,
            by=user,
            at=clock.now(),
            # Lists are called by words of the menu, so most names have their Korean.
            name=format_lazy(_("File of a list: {name}"), name=_(exception.name.capitalize())),
            key=f"export:{user.pk}:{language}:{request.path}?{query}"[:200],
        )
        return HttpResponseRedirect(job.get_absolute_url())
