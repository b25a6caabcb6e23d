"""robots.txt, read as RFC 9309 says: the longest rule decides, `*` and `$` mean something.

The standard library takes the first rule and knows no wildcards, which shuts whole Korean portals
(`Disallow: /` followed by `Allow: /news/`) or opens what they closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

MOST = 512_000  # bytes; the rest of a longer file is not read
_MOST_RULES = 2_000
_SLOWEST = 3600.0


@dataclass
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True)
class Robots:
    """The rules of one origin. No text at all means that everything is allowed."""

    text: str = ""

    def permits(self, address: str, agent: str) -> bool:
        """Whether the agent may visit the address."""
        parts = urlsplit(address)
        path = _normal(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        matches = [
            (len(pattern), allowed)
            for group in self._groups_for(agent)
            for pattern, allowed in group.rules
            if _matches(pattern, path)
        ]
        return max(matches, default=(0, True))[1]  # at equal length, to allow wins

    def delay(self, agent: str) -> float:
        """Seconds that the agent shall leave between two visits."""
        told = [group.delay for group in self._groups_for(agent) if group.delay]
        return min(max(told, default=0.0), _SLOWEST)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that are named."""
        return tuple(value for name, value in _lines(self.text) if name == "sitemap")

    def _groups_for(self, agent: str) -> list[_Group]:
        product = agent.partition("/")[0].strip().lower()
        named = [group for group in self._groups if product in group.agents]
        return named or [group for group in self._groups if "*" in group.agents]

    @cached_property
    def _groups(self) -> list[_Group]:
        groups: list[_Group] = []
        open_for_agents = False
        for name, value in list(_lines(self.text))[: 4 * _MOST_RULES]:
            if name == "user-agent":
                if not open_for_agents:
                    groups.append(_Group())
                groups[-1].agents.append(value.partition("/")[0].strip().lower())
                open_for_agents = True
            elif groups:
                open_for_agents = open_for_agents and name == "sitemap"
                _add(groups[-1], name, value)
        return groups


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _add(group: _Group, name: str, value: str) -> None:
    if name in ("allow", "disallow") and value and len(group.rules) < _MOST_RULES:
        group.rules.append((_normal(value), name == "allow"))
    elif name == "crawl-delay":
        try:
            group.delay = max(0.0, float(value))
        except ValueError:
            return


def _normal(path: str) -> str:
    """The path with its letters escaped in one way: /뉴스 and /%EB%89%B4%EC%8A%A4 are the same."""
    return quote(unquote(path[:2000]), safe="/*$?=&;:@!+,~()'")


def _matches(pattern: str, path: str) -> bool:
    """Whether the pattern covers the path; each piece is looked for once, so this is linear."""
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not ends or at == len(path)
