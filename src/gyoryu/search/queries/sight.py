"""To whom a card may be shown: the same rule as accounts.queries.visible, in tokens of the index.

A card names all departments from its own up to the government, and the same of every department it
is shared with. Whoever may view under a path sees what names that path's department. So a subtree
is one token, and what may not be seen is never matched, counted or suggested.
"""

from collections import defaultdict
from dataclasses import dataclass

from gyoryu.accounts.access import Access
from gyoryu.search.models import Kind

# Below this many departments there is little to gain by asking whether they are all there are.
MANY = 8
_APP = {
    Kind.ORGANISATION: "parties",
    Kind.PERSON: "parties",
    Kind.REGION: "parties",
    Kind.DOCUMENT: "evidence",
    Kind.ARTICLE: "newsroom",
    Kind.PROGRAMME: "programmes",
    Kind.CALL: "programmes",
    Kind.APPLICATION: "programmes_applicants",
    Kind.AWARD: "programmes",
    Kind.EVENT: "trade",
    Kind.DEAL: "trade_dealings",
    Kind.CENTRE: "trade",
    Kind.CHANNEL: "trade",
}
# Kinds that need more than the right to view their app.
_CAPABILITY = {
    "programmes_applicants": "programmes.applicants",
    "trade_dealings": "trade.dealings",
}


@dataclass(frozen=True)
class Scope:
    """What a card must have one of; ``governments`` counts the whole governments among it.

    ``everybodys`` are cards of which whoever sees one sees all.
    """

    tokens: tuple[str, ...] = ()
    governments: int = 0
    everybodys: bool = False

    def narrows(self, governments: int) -> bool:
        """Tell whether anything is outside, given how many governments there are; 0: not asked."""
        return not self.everybodys and (not governments or self.governments < governments)

    @property
    def is_wide(self) -> bool:
        """Whether it is worth asking how many governments there are."""
        return len(self.tokens) > MANY


def scopes(access: Access) -> dict[Scope, list[Kind]]:
    """Return the kinds that may be seen, together where they are seen alike."""
    found: dict[Scope, list[Kind]] = defaultdict(list)
    for kind in Kind:
        scope = _scope(access, _APP.get(kind, "agreements"))
        if scope.tokens:
            found[scope].append(kind)
    return dict(found)


def _scope(access: Access, app: str) -> Scope:
    paths = access.paths(_CAPABILITY.get(app, f"{app}.view"))
    if app == "parties":
        return Scope(("@parties",), everybodys=True) if paths else Scope()
    tokens = _tokens(app, paths)
    if app == "evidence" and paths:
        # Beyond one's own departments a document is seen with what it is tied to.
        tokens += _tokens("evidence_agreements", access.paths("agreements.view"))
        tokens += ["@evidence_parties"] if access.may("parties.view") else []
    return Scope(tuple(tokens), sum(path.count("/") == 2 for path in paths))


def _tokens(name: str, paths: tuple[str, ...]) -> list[str]:
    return [f"@{name}_{path.strip('/').rpartition('/')[2]}" for path in paths]
