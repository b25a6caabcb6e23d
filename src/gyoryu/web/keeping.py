"""What somebody posted after their session had ended: kept until they have signed in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from gyoryu.accounts.adapters import too_often

KEY, MOST = "kept_post", 400_000


def over_sign_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Show a form to who is signed in; keep what is posted by who is not any more, and ask them to.

    It is kept in the browser's own session, which goes on when they sign in; ``kept`` gives it back
    at the same address. Files are not kept: a browser has to be given them again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            answer: HttpResponse = view(request, *args, **named)
            return answer
        if request.method == "POST" and not too_often(request, "kept_post"):
            fields = {name: texts for name, texts in request.POST.lists() if "token" not in name}
            if sum(len(text) for texts in fields.values() for text in texts) <= MOST:
                request.session[KEY] = {"path": request.path, "fields": fields}
        return redirect_to_login(request.get_full_path())

    guarded.capability = "signed in"  # type: ignore[attr-defined]
    return login_not_required(guarded)


def kept(request: HttpRequest) -> dict[str, list[str]] | None:
    """Return what was posted to this address before its sender had to sign in again."""
    found = request.session.get(KEY)
    if not isinstance(found, dict) or found.get("path") != request.path:
        return None
    fields: dict[str, list[str]] = found["fields"]
    return fields


def forget(request: HttpRequest) -> None:
    """Forget it, because it was saved."""
    request.session.pop(KEY, None)
