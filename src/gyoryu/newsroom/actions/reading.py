"""How articles are read: the engine's items become candidates and conflicts, each once."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.newsroom import extraction, facts
from gyoryu.newsroom.facts import Draft
from gyoryu.newsroom.models import Article, Candidate, Conflict, Reading
from gyoryu.newsroom.queries import articles as known
from gyoryu.newsroom.queries import matching, naming
from gyoryu.newsroom.text.times import KST

State = Candidate.State
# What a later reading may set on a fact that is still open.
_READ = ["start", "end", "fields", "status", "how", "confidence", "rules", "state"]
_MATCHED = ["match", "model", "record", "conflicts"]


@transaction.atomic
def read_article(article: Article, *, by: User | None, at: datetime) -> int:
    """Read an article's text as it stands now; return how many facts are new.

    A fact read before keeps its row and what was decided; one that the text no longer states is
    superseded while it waits. Reading the same text by the same rules changes nothing.
    """
    check_may(by, "newsroom.review", article.unit)
    rules = known.rules_version()
    done = Reading.objects.filter(article=article, digest=article.digest, rules=rules)
    if done.exists():
        return 0
    published = article.published.astimezone(KST) if article.published else None
    language = article.language if article.language in {"ko", "en"} else None
    items = extraction.read(article.body, published=published, lang=language, title=article.title)
    told = extraction.to_json(str(article.pk), items)["items"]
    Reading.objects.create(article=article, digest=article.digest, rules=rules, at=at, items=told)
    made = _keep_facts(article, facts.drafts(items, article.body), rules, by=by, at=at)
    clashes = facts.clashes(article.title, article.body, items, language or "ko")
    _keep_conflicts(article, clashes)
    match_again(article, by=by)
    return made


def _keep_facts(
    article: Article, drafts: list[Draft], rules: str, *, by: User | None, at: datetime
) -> int:
    held = {one.key: one for one in article.candidates.all()}
    spans = [(draft.start, draft.end) for draft in drafts]
    names = naming.Names(article.body, article.government, spans)
    fresh, again = [], []
    for draft in drafts:
        read = _read(article, draft, names, rules)
        if (there := held.pop(draft.key, None)) is None:
            fresh.append(Candidate(article=article, unit=article.unit, key=draft.key, **read))
        elif there.state in {State.WAITING, State.SUPERSEDED}:
            again.append(_set(there, {**read, "state": State.WAITING}))
        else:
            # Decided facts keep what was decided; only where they stand in the text moves on.
            again.append(_set(there, {"start": draft.start, "end": draft.end}))
    gone = [_set(one, {"state": State.SUPERSEDED}) for one in held.values() if one.open]
    Candidate.objects.bulk_create(fresh)
    Candidate.objects.bulk_update([*again, *gone], _READ)
    return len(fresh)


def _read(article: Article, draft: Draft, names: naming.Names, rules: str) -> dict[str, Any]:
    sides = naming.resolved(draft.fields, names, draft.start, draft.end)
    if draft.kind == Candidate.Kind.AGREEMENT:
        sides = naming.domestic(sides, names)
    fields = {**draft.fields, **{name: told for name, told in sides.items() if told}}
    if draft.kind == Candidate.Kind.COMMITMENT:
        actor = draft.fields.get("actor", {})
        fields["side"] = {"value": names.side_of(actor.get("q", ""), actor.get("s"))}
    if ourselves := names.ourselves:
        fields["ourselves"] = ourselves.pk
    return {
        "kind": draft.kind,
        "start": draft.start,
        "end": draft.end,
        "fields": fields,
        "status": draft.status,
        "how": draft.how,
        "confidence": Decimal(str(draft.confidence)),
        "rules": rules,
    }


def _set(candidate: Candidate, values: dict[str, Any]) -> Candidate:
    for name, value in values.items():
        setattr(candidate, name, value)
    return candidate


def _keep_conflicts(article: Article, clashes: list[facts.Clash]) -> None:
    held = {one.key: one for one in article.conflicts.all()}
    fresh, again = [], []
    for clash in clashes:
        told = {"rows": list(clash.rows), "spans": [list(span) for span in clash.spans]}
        if (there := held.pop(clash.key, None)) is None:
            fresh.append(
                Conflict(article=article, unit=article.unit, kind=clash.kind, key=clash.key, **told)
            )
        else:
            there.spans = told["spans"]
            if there.state == Conflict.State.GONE:
                there.state = Conflict.State.OPEN
            again.append(there)
    for one in held.values():
        if one.state == Conflict.State.OPEN:
            one.state = Conflict.State.GONE
            again.append(one)
    Conflict.objects.bulk_create(fresh)
    Conflict.objects.bulk_update(again, ["spans", "state"])


@transaction.atomic
def match_again(article: Article, *, by: User | None) -> int:
    """Compare an article's waiting facts with the register as it is; return how many moved.

    Called after every decision, so that what one fact made is known to the next.
    """
    waiting = list(article.candidates.filter(state=State.WAITING))
    return _keep_matches(waiting, matching.look(waiting, article.government))


def _keep_matches(waiting: Iterable[Candidate], found: dict[int, matching.Matched]) -> int:
    moved = []
    for one in waiting:
        new = found[one.pk]
        model = ContentType.objects.get_for_model(new.record) if new.record else None
        record = new.record.pk if new.record else None
        values = (new.match, model.pk if model else None, record, new.conflicts)
        if (one.match, one.model_id, one.record, one.conflicts) != values:
            one.match, one.model, one.record, one.conflicts = (
                new.match,
                model,
                record,
                new.conflicts,
            )
            moved.append(one)
    Candidate.objects.bulk_update(moved, _MATCHED)
    return len(moved)
