"""A call: who asks through which token, for which record, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gyoryu.accounts.access import NOBODY
from gyoryu.accounts.models import Token, User
from gyoryu.web import clock
from gyoryu.web.access import Request


@dataclass
class Call:
    """One call of an operation. ``path`` holds what its address names, ``row`` the record found."""

    request: Request
    token: Token
    path: dict[str, Any] = field(default_factory=dict)
    row: Any = None

    @property
    def user(self) -> User:
        """Whose token it is; what they may do here is narrowed to the token's scope."""
        return self.token.user

    @property
    def pk(self) -> int:
        """The record's number in the address."""
        return int(self.path["pk"])

    @cached_property
    def now(self) -> datetime:
        """The time of the call."""
        return clock.now()

    @cached_property
    def today(self) -> date:
        """The office's day."""
        return clock.today()

    @property
    def who(self) -> dict[str, Any]:
        """What every action asks: by whom and when."""
        return {"by": self.user, "at": self.now}


def nobody() -> Call:
    """Return a call by nobody for nothing: forms are asked with it what they look like."""
    user = User()
    user.__dict__["access"] = NOBODY
    return Call(Request(), Token(user=user))
