"""What is known of sources and articles: what is due, what changed, what tells the same story."""

import difflib
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.newsroom import extraction, likeness
from gyoryu.newsroom.facts import period_of
from gyoryu.newsroom.models import Article, Candidate, Source, Version, Visit
from gyoryu.newsroom.text.addresses import canonical

SEE = "newsroom.view"
# Stands in for the day of publication where an article has none, so that it has a place.
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
_TWINS_WITHIN = timedelta(days=30)
_PAIR_WITHIN = timedelta(days=7)
_MOST_NEAR = 200
_MOST_PAIRS = 40
_SHARED_FACTS = 2


def sources(to: User) -> QuerySet[Source]:
    """Return the sources a user may see, voided ones left out."""
    return visible(Source.objects.filter(voided_at=None), to, SEE).select_related("unit")


def articles(to: User) -> QuerySet[Article]:
    """Return the articles a user may see, with how many facts of each still wait."""
    # Counted row by row for the page that is shown: a join would count them for the whole list.
    waiting = Candidate.objects.filter(article=OuterRef("pk"), state=Candidate.State.WAITING)
    counted = waiting.order_by().values("article").annotate(n=Count("pk")).values("n")
    rows = visible(Article.objects.all(), to, SEE)
    rows = rows.select_related("source", "pair", "unit", "government")
    return rows.annotate(waiting=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def facts_of(article: Article) -> QuerySet[Candidate]:
    """Return the facts that an article's text states, in its order."""
    rows = article.candidates.exclude(state=Candidate.State.SUPERSEDED)
    return rows.select_related("decided_by").order_by("start", "pk")


def waiting(to: User) -> QuerySet[Candidate]:
    """Return the facts that wait for a yes from somebody with this user's sight."""
    return visible(Candidate.objects.filter(state=Candidate.State.WAITING), to, SEE)


def press_officers(government: Unit) -> QuerySet[User]:
    """Return who answers for what a government publishes."""
    return User.objects.filter(
        memberships__role=Membership.Role.PRESS,
        memberships__unit__path__startswith=government.path,
        is_active=True,
    ).distinct()


def due(at: datetime) -> QuerySet[Source]:
    """Return the sources whose next visit has come."""
    return Source.objects.filter(next_visit_at__lte=at, paused_at=None, voided_at=None).order_by(
        "next_visit_at"
    )


def left_behind(since: datetime) -> QuerySet[Visit]:
    """Return the visits with entries still to take in that nobody has seen to for long enough."""
    return Visit.objects.filter(
        Q(seen_to_at=None) | Q(seen_to_at__lte=since), ended_at=None, source__voided_at=None
    ).select_related("source__unit")


# A release behind a list is looked at again when it is so old: most corrections come soon.
LOOKED_AT_AGAIN = [timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7)]


def to_fetch(
    government: int, addresses: list[str], since: datetime | None, at: datetime
) -> set[str]:
    """Return those addresses whose releases are new, or old enough to be looked at again.

    ``since`` is when their list was visited before; a release that came of age since then
    (LOOKED_AT_AGAIN) may have been corrected behind the list, which does not say so.
    """
    names = {address: identity(address, "", "") for address in addresses}
    there = Article.objects.filter(government_id=government, identity__in=names.values())
    known = dict(there.values_list("identity", "taken_in_at"))
    return {
        address
        for address, name in names.items()
        if name not in known or _came_of_age(known[name], since, at)
    }


def _came_of_age(taken_in: datetime, since: datetime | None, at: datetime) -> bool:
    return any((since or taken_in) < taken_in + age <= at for age in LOOKED_AT_AGAIN)


@cache
def rules_version() -> str:
    """Return what tells one state of the reading rules from another: a digest of their code."""
    house = Path(extraction.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(house.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def clean(text: str) -> str:
    """Compose Hangul and drop what no database keeps (NUL)."""
    return unicodedata.normalize("NFC", text).replace("\x00", "").strip()


def digest(title: str, body: str) -> str:
    """Return the digest of an article's text."""
    return hashlib.sha256(f"{title}\x1f{body}".encode()).hexdigest()


def identity(address: str, told: str, own_digest: str) -> str:
    """Return what an article is known by: its canonical address, its feed's id, or its text."""
    if address:
        bare = canonical(address).split("://", 1)[-1].removeprefix("www.")
        name = f"web:{bare.rstrip('/')}"
    elif told:
        name = f"id:{clean(told)}"
    else:
        name = f"text:{own_digest}"
    if len(name) <= 480:
        return name
    return f"{name[:400]}#{hashlib.sha256(name.encode()).hexdigest()[:40]}"


def near(government: Unit, published: datetime | None, within: timedelta) -> QuerySet[Article]:
    """Return the government's articles published about then; those without a date are left out."""
    if published is None:
        return Article.objects.none()
    return Article.objects.filter(
        government=government, published__range=(published - within, published + within)
    )


def original_of(article: Article) -> Article | None:
    """Return the first article that tells the same in the same words, or none."""
    own = likeness.Signature.unpacked(bytes(article.signature))
    rows = near(article.government, article.published, _TWINS_WITHIN).exclude(pk=article.pk)
    best: tuple[float, Article] | None = None
    for other in rows.filter(language=article.language).order_by("-pk")[:_MOST_NEAR]:
        found = likeness.compare(own, likeness.Signature.unpacked(bytes(other.signature)))
        if found.same and (best is None or found.share > best[0]):
            best = (found.share, other)
    if best is None:
        return None
    return best[1].original or best[1]


def pair_of(article: Article) -> Article | None:
    """Return the same story in the other language, if one tells it surely enough."""
    other = {"ko": "en", "en": "ko"}.get(article.language)
    rows = near(article.government, article.published, _PAIR_WITHIN).filter(
        language=other, pair=None, paired_by=None, original=None
    )
    known = {str(row.pk): row for row in rows.order_by("-published")[:_MOST_PAIRS]}
    if other is None or not known:
        return None
    return _by_likeness(article, known) or _by_facts(article, list(known.values()))


def _by_likeness(article: Article, known: dict[str, Article]) -> Article | None:
    mine = [_story(article)]
    theirs = [_story(row) for row in known.values()]
    korean, english = (mine, theirs) if article.language == "ko" else (theirs, mine)
    found = likeness.pair(korean, english, within=_PAIR_WITHIN)
    if not found:
        return None
    return known[found[0].english if article.language == "ko" else found[0].korean]


def _by_facts(article: Article, others: list[Article]) -> Article | None:
    """Short releases share few figures, but the same acts with one partner on one day."""
    rows = Candidate.objects.filter(article__in=[article, *others])
    told: dict[int, set[tuple[object, ...]]] = {}
    for one in rows.only("article_id", "kind", "fields"):
        partners = sorted(side["id"] for side in one.fields.get("theirs", []))
        named = [one.fields[name] for name in ("signed", "when", "due") if name in one.fields]
        when = period_of(str(named[0]["value"])) if named else None
        if partners and when:
            told.setdefault(one.article_id, set()).add((one.kind, when.last, *partners))
    mine = told.get(article.pk, set())
    found = max(others, key=lambda other: len(mine & told.get(other.pk, set())))
    return found if len(mine & told.get(found.pk, set())) >= _SHARED_FACTS else None


def _story(article: Article) -> likeness.Story:
    return likeness.Story(str(article.pk), f"{article.title}\n{article.body}", article.published)


@dataclass(frozen=True)
class Change:
    """A run of text between two versions: ``kind`` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Revision:
    """What changed from one version to the next."""

    version: Version
    title: list[Change]
    lines: list[list[Change]]


def revisions(article: Article) -> list[Revision]:
    """Return what each older version became, newest change first."""
    versions = list(article.versions.all())
    after = [(article.title, article.body), *((one.title, one.body) for one in versions)]
    return [
        Revision(one, _changes(one.title, title), _changed_lines(one.body, body))
        for one, (title, body) in zip(versions, after, strict=False)
    ]


def _changed_lines(before: str, after: str) -> list[list[Change]]:
    """Return the lines that differ, word by word; what stayed the same is left out."""
    old, new = ([line for line in text.split("\n") if line.strip()] for text in (before, after))
    found = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            found.append(_changes("\n".join(old[first:last]), "\n".join(new[start:end])))
    return found


def _changes(before: str, after: str) -> list[Change]:
    old, new = list(_words(before)), list(_words(after))
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    found = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[first:last])))
            continue
        for kind, piece in (("gone", old[first:last]), ("new", new[start:end])):
            if piece:
                found.append(Change(kind, "".join(piece)))
    return found


def _words(text: str) -> Iterator[str]:
    """Yield words with the blanks after them."""
    start = 0
    for place, char in enumerate(text):
        if char.isspace() and place + 1 < len(text) and not text[place + 1].isspace():
            yield text[start : place + 1]
            start = place + 1
    if start < len(text):
        yield text[start:]
