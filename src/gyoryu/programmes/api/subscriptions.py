"""Letters about newly opened calls: one's own wishes, as somebody's program asks and ends them."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.actions import subscriptions as actions
from gyoryu.programmes.forms.portal import NoForm
from gyoryu.programmes.forms.subscriptions import WishForm, wish_listing
from gyoryu.programmes.models import Subscription
from gyoryu.programmes.queries import subscriptions as queries
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, LETTERS = "programmes.view", "programmes.letters"
LIST = "call-letters"
desk = Desk(_("Letters about new calls"))


class WishShape(Shape):
    """Letters that come to the account of the token's owner.

    They come about the calls of a ``strategy``, of a ``kind`` of support, of both, or about all.
    """

    id: int
    name: str
    strategy: Named | None
    kind: str
    asked_at: datetime

    @staticmethod
    def resolve_name(row: Subscription) -> str:
        """Say about which calls."""
        return str(row)


def _own(call: Call) -> Subscription:
    return get_object_or_404(queries.of_user(call.user), pk=call.pk)


def _ask(call: Call, form: Any) -> Subscription:
    return actions.ask(**form.cleaned_data, **call.who)


desk.lists(LIST, _("Letters about new calls"), WishShape, wish_listing, may=VIEW)
desk.shows("call-letters/{pk}", _("Letters about new calls"), WishShape, _own, may=VIEW)
desk.writes(
    LIST, _("Ask for letters"), lambda call: WishForm(on=call.today), _ask,
    may=LETTERS, creates=LIST,
)  # fmt: skip
desk.writes(
    "call-letters/{pk}/end", _("End these letters"), NoForm,
    lambda call, _form: actions.end(call.row, **call.who), may=LETTERS, find=_own,
)  # fmt: skip
