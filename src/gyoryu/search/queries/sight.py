"""To whom a card may be shown: the same rule as accounts.queries.visible, in tokens of the index.

A card names all departments from its own up to the government, and the same of every department it
is shared with. Whoever may view under a path sees what names that path's department. So a subtree
is one token, and what may not be seen is never matched, counted or suggested.
"""

from gyoryu.accounts.access import Access

_OWNED = ("agreements", "newsroom", "evidence")
_OPEN = "parties"


def scopes(access: Access) -> list[str]:
    """Return the tokens of which a card must have one; none when nothing may be seen."""
    found = [f"@{app}_{pk}" for app in _OWNED for pk in _tops(access, app)]
    if access.may(f"{_OPEN}.view"):
        found.append(f"@{_OPEN}")
    if access.may("evidence.view"):
        found += [f"@evidence_agreements_{pk}" for pk in _tops(access, "agreements")]
        found += [f"@evidence_{_OPEN}"] if access.may(f"{_OPEN}.view") else []
    return found


def _tops(access: Access, app: str) -> list[str]:
    return [path.strip("/").rpartition("/")[2] for path in access.paths(f"{app}.view")]
