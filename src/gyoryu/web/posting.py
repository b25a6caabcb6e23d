"""The one way a form is posted: checked, carried out once, or shown again with nothing lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from gyoryu.accounts.actions import typed as accounts
from gyoryu.accounts.models import Draft
from gyoryu.base.refused import Refused
from gyoryu.web import clock
from gyoryu.web.access import Request

Act = Callable[[dict[str, Any]], Any]
# What a form's page sends that nobody has typed.
BESIDE = {"csrfmiddlewaretoken", "once", "draft", "drafted"}


def run(
    request: Request,
    form: forms.Form,
    template: str,
    act: Act,
    *,
    context: dict[str, Any] | None = None,
    done: str = "",
    to: str = "",
) -> HttpResponse:
    """Show the form; on a valid post call ``act`` with its values and go to what it returns.

    ``act`` returns a record with a page, or ``to`` names the page. A refusal is put beside its
    field. ``done`` is said on the next page.
    """
    form.once = key_of(request)  # type: ignore[attr-defined]
    if request.method == "POST" and "draft" in request.POST:
        return _keep_draft(request)
    if request.method == "POST" and form.is_valid():
        try:
            led = _carry_out(request, form, act, to)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            if "drafted" in request.POST:
                accounts.drop_draft(request.path, by=request.user)
            if led.before:
                messages.info(request, _("This was saved before, and was not saved again."))
            else:
                messages.success(request, done or _("Saved."))
            return HttpResponseRedirect(led.location)
    status = 422 if form.errors else 200
    return render(
        request, template, {"form": form, "draft": draft(request), **(context or {})}, status=status
    )


def typed(request: Request) -> Any:
    """Return what the form starts from: this post, or the draft kept from an earlier visit."""
    if request.method == "POST":
        return request.POST
    kept = draft(request)
    if kept is None or "resume" not in request.GET:
        return None
    fields = request.POST.copy()
    for name, values in kept.fields.items():
        fields.setlist(name, values)
    return fields


def draft(request: Request) -> Draft | None:
    """Return this user's draft of the form at this address."""
    return Draft.objects.filter(user=request.user, form=request.path).first()


def _carry_out(request: Request, form: forms.Form, act: Act, to: str) -> accounts.CarriedOut:
    def location() -> str:
        made = act(form.cleaned_data)
        return to or str(made.get_absolute_url())

    # What the act itself does once, such as a movement of money, goes by the same key.
    key = form.post_key = _key_of_post(request, form)  # type: ignore[attr-defined]
    return accounts.once(key, location, by=request.user, at=clock.now())


def _keep_draft(request: Request) -> HttpResponse:
    fields = {name: values for name, values in request.POST.lists() if name not in BESIDE}
    accounts.save_draft(request.path, fields, by=request.user, at=clock.now())
    messages.success(request, _("The draft is kept. Only you can see it."))
    return HttpResponseRedirect(f"{request.path}?resume=1")


def _key_of_post(request: Request, form: forms.Form) -> UUID:
    """Return the key of this form with what is posted in it.

    Who goes back and saves again what was saved is led to it; who has changed something there means
    another record, which must not be taken for the first.
    """
    typed_in = sorted(post for post in request.POST.lists() if post[0] not in BESIDE)
    files = sorted(
        (name, one.name, one.size) for name, sent in request.FILES.lists() for one in sent
    )
    said = repr((request.user.pk, request.path, typed_in, files))
    return uuid5(form.once, said)  # type: ignore[attr-defined]


def key_of(request: Request) -> UUID:
    """Return the key that a form's page was given; a new one where it has none."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()
