"""Who may do what: one table of capabilities, and what a person's roles make of it.

Plain Python, so that screens, the API, commands and tests ask one and the same table.
"""

import hashlib
from dataclasses import dataclass, replace

READERS = {"viewer", "officer", "approver", "press", "auditor", "administrator"}
WRITERS = {"officer", "approver"}

# capability -> roles. A capability is `app.verb`; a view, action or API call names one.
MAY: dict[str, set[str]] = {
    "home.view": READERS,
    "parties.view": READERS,
    "parties.change": WRITERS,
    "parties.merge": {"approver"},
    "parties.regions": {"approver", "administrator"},
    "agreements.view": READERS,
    "agreements.change": WRITERS,
    "agreements.approve": {"approver"},
    "agreements.policy": {"approver", "administrator"},
    "agreements.areas": {"administrator"},
    "register.view": READERS,
    "register.rules": WRITERS,
    "register.publish": WRITERS,
    "register.correct": {"approver"},
    "register.withdraw": {"approver"},
    "register.policy": {"approver", "administrator"},
    "programmes.view": READERS,
    "programmes.change": WRITERS,
    # Budgets, calls to be published, awards and their amendments, decisions on selection.
    "programmes.approve": {"approver"},
    # Who applied and claimed, with their papers: not for everybody who may read the register.
    "programmes.applicants": WRITERS | {"auditor"},
    "programmes.approve_money": {"approver"},
    "programmes.pay": WRITERS,
    "programmes.terms": {"approver", "administrator"},
    "programmes.sanction": {"approver"},
    "programmes.signals": WRITERS | {"auditor"},
    # By a program: letters about new calls to the owner of its token. At the screen anybody's own.
    "programmes.letters": READERS,
    "trade.view": READERS,
    "trade.change": WRITERS,
    # Consultations and deals of single companies, which are their business secrets.
    "trade.dealings": WRITERS | {"auditor"},
    # An export as verified, by its declaration; striking a step that was wrong.
    "trade.verify": {"approver"},
    "newsroom.view": READERS,
    "newsroom.review": WRITERS | {"press"},
    "newsroom.sources": WRITERS,
    "newsroom.trust": {"approver"},
    "evidence.view": READERS,
    "evidence.add": WRITERS | {"press"},
    "imports.view": WRITERS | {"auditor"},
    "imports.make": WRITERS,
    "history.view": READERS,
    "history.verify": {"auditor", "administrator"},
    "accounts.manage": {"administrator"},
    "outbox.watch": {"administrator", "auditor"},
    "outbox.retry": {"administrator"},
    "jobs.view": READERS,
    "jobs.change": READERS,
    "jobs.watch": {"administrator", "auditor"},
    "jobs.retry": {"administrator"},
}

# Areas a token may be let into. Accounts and outgoing letters are for people at the screen alone.
AREAS = (
    "home", "agreements", "parties", "programmes", "trade", "register", "evidence", "newsroom",
    "imports", "jobs", "history",
)  # fmt: skip


# Reads the whole history and changes nothing of it.
PROVING = {"history.verify"}


def scope(name: str) -> frozenset[str]:
    """Return the capabilities of a token's scope: ``agreements.read``, ``agreements.write``.

    Writing includes reading; an area that knows only reading has no more to give.
    """
    area, _, level = name.partition(".")
    own = {capability for capability in MAY if capability.partition(".")[0] == area}
    reading = {f"{area}.view", f"{area}.watch"} | PROVING
    return frozenset(own if level == "write" else reading & own)


def fingerprint(secret: str) -> str:
    """Return what is kept of a token: it is long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Grant:
    """A role at a unit; it holds for the whole subtree under the unit's path."""

    role: str
    unit: int
    path: str
    name_ko: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Access:
    """Everything a user has been granted; through a token, only what is within its scope.

    ``roots`` is how many trees of units there are.
    """

    grants: tuple[Grant, ...]
    roots: int = 0
    within: frozenset[str] | None = None

    def may(self, capability: str, path: str = "") -> bool:
        """Tell whether the capability is granted at this unit path, or anywhere without one."""
        return any(path.startswith(granted) if path else True for granted in self.paths(capability))

    def paths(self, capability: str) -> tuple[str, ...]:
        """Return the unit paths under which the capability is granted, none inside another."""
        if self.within is not None and capability not in self.within:
            return ()
        paths = sorted({grant.path for grant in self.grants if grant.role in MAY[capability]})
        return tuple(p for p in paths if not any(p != q and p.startswith(q) for q in paths))

    def reaches(self, name: str) -> bool:
        """Tell whether a token's scope holds anything for this access beyond what reading does."""
        area, _, level = name.partition(".")
        own = scope(name) - ({f"{area}.view"} if level == "write" else set())
        return any(self.may(capability) for capability in own)

    def narrowed(self, within: frozenset[str]) -> "Access":
        """Return the same grants with no more than these capabilities."""
        return replace(self, within=within)

    def everywhere(self, capability: str) -> bool:
        """Tell whether the capability is granted at the root of every tree, and so at each unit."""
        tops = [path for path in self.paths(capability) if path.count("/") == 2]
        return len(tops) == self.roots > 0

    @property
    def roles(self) -> frozenset[str]:
        """All roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)


NOBODY = Access(())
