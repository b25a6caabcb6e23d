"""What a visit may cost and what it brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gyoryu.newsroom.fetching.hosts import Resolve, system_resolve
from gyoryu.newsroom.fetching.robots import Robots
from gyoryu.newsroom.text.refusal import Unreadable


class Unreachable(Unreadable):
    """The address may not or could not be visited; `code` says why."""


@dataclass(frozen=True)
class Limits:
    """What one visit may cost, whose name it carries, and how names become addresses."""

    bytes: int = 20_000_000  # after unpacking
    seconds: float = 30.0  # for the whole visit, redirects and robots.txt included
    idle_seconds: float = 10.0  # between two pieces of an answer
    redirects: int = 5
    agent: str = "Gyoryu/0.1 (press release reader)"
    resolve: Resolve = field(default=system_resolve, repr=False)


@dataclass(frozen=True)
class Hop:
    """One redirect: where it was met, its status, and where it led."""

    address: str
    status: int
    to: str


@dataclass(frozen=True)
class Fetched:
    """The answer of a visit, whatever its status.

    `robots` holds the rules of every origin met, to be handed in again at the next visit.
    """

    asked: str
    address: str
    status: int
    at: datetime
    content: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    hops: tuple[Hop, ...] = ()
    retry_after: timedelta | None = None
    robots: Mapping[str, Robots] = field(default_factory=dict, repr=False)

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing is new."""
        return self.status == 304

    @property
    def moved_to(self) -> str:
        """The address to ask from now on, if every redirect was a permanent one."""
        permanent = self.hops and all(hop.status in (301, 308) for hop in self.hops)
        return self.address if permanent and self.status in (200, 304) else ""

    @property
    def downgraded(self) -> bool:
        """Whether a redirect led from https to plain http."""
        return any(
            hop.address.startswith("https:") and hop.to.startswith("http:") for hop in self.hops
        )


Clock = Callable[[], float]
