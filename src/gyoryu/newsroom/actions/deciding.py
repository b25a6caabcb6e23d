"""What people decide about facts: accepted, turned down, taken back, in bulk by a rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.newsroom.actions import making, reading
from gyoryu.newsroom.actions.making import Made
from gyoryu.newsroom.models import Article, Candidate, Conflict, Trust
from gyoryu.newsroom.queries import articles as known
from gyoryu.newsroom.queries import matching, proposals, words
from gyoryu.newsroom.rules import candidates as rules
from gyoryu.outbox import actions as outbox

Match, State = Candidate.Match, Candidate.State
Values = dict[str, Any]
# What belongs to deciding, not to what was read: choosing it is no editing.
_CHOICES = {"standing", "confirmed", "resolve"}


@transaction.atomic
def accept(
    candidate: Candidate,
    values: Values | None = None,
    *,
    confirm_signed: bool = False,
    by: User | None,
    at: datetime,
) -> Candidate:
    """Let a fact into the register, as it was read or as ``values`` correct it.

    ``values`` are those of the proposal by name, and ``standing`` (signed or draft) for an
    agreement, ``resolve`` (keep, take or new) where the register says otherwise, ``new_ours`` and
    ``new_theirs`` for organisations to be added. ``confirm_signed`` is the person's own yes to
    "signed". Nothing that is recorded is overwritten unless ``resolve`` is "take".
    """
    person = _person(by)
    check_may(person, "newsroom.review", candidate.unit)
    row = _locked(candidate)
    rules.check_waiting(row)
    _check_as_shown(row)
    proposed = proposals.of(row)
    wanted = {**proposed, **(values or {}), "confirmed": confirm_signed}
    made = _carry_out(row, wanted, by=person, at=at)
    tied = making.hold_article(row, made.record, by=person, at=at)
    _keep(row, made, edited=_edited(proposed, values), tied=tied, by=person, at=at)
    _tell_others(row.article, by=person)
    return row


def _person(by: User | None) -> User:
    rules.check_person(by)
    assert by is not None
    return by


def _locked(candidate: Candidate) -> Candidate:
    """Read the fact again, locked where the database can, so that it is decided once."""
    rows = Candidate.objects.select_related("article__source", "article__government", "unit")
    return rows.select_for_update(of=("self",)).get(pk=candidate.pk)


def _check_as_shown(candidate: Candidate) -> None:
    """Refuse when the register has moved on since the fact was compared with it."""
    now = matching.look([candidate], candidate.article.government)[candidate.pk]
    record = now.record.pk if now.record else None
    if (now.match, record) != (candidate.match, candidate.record):
        raise Refused(_("The register has changed since this was read. Look at it again."))


def _carry_out(candidate: Candidate, wanted: Values, *, by: User, at: datetime) -> Made:
    resolve = wanted.get("resolve", "")
    rules.check_resolved(candidate, resolve)
    record = proposals.record_of(candidate) if candidate.match != Match.NEW else None
    if record is None or resolve == "new":
        return making.make(candidate, wanted, by=by, at=at)
    if resolve == "take":
        return making.take(candidate, record, wanted, by=by, at=at)
    return Made(record, how="tied")


def _edited(proposed: Values, values: Values | None) -> bool:
    return any(
        value != proposed.get(name) and (value or proposed.get(name))
        for name, value in (values or {}).items()
        if name not in _CHOICES
    )


def _keep(
    candidate: Candidate, made: Made, *, edited: bool, tied: int | None, by: User, at: datetime
) -> None:
    candidate.state = State.EDITED if edited else State.ACCEPTED
    candidate.decided_by, candidate.decided_at = by, at
    candidate.made_model = ContentType.objects.get_for_model(made.record)
    candidate.made, candidate.undo = made.record.pk, {**made.undo(), "tied": tied}
    candidate.said_signed, candidate.reason = made.signed, ""
    candidate.save()
    told = {"record": [None, made.record], "how": [None, made.how]}
    history.record("candidate.accepted", candidate, by=by, at=at, changes=told)


def _tell_others(article: Article, *, by: User) -> None:
    """Compare the other waiting facts of the story, in both languages, with what is known now."""
    reading.match_again(article, by=by)
    near = [article.pair, article.original, *article.copies.all()]
    for other in near:
        if other is not None:
            reading.match_again(other, by=by)


@transaction.atomic
def refuse(candidate: Candidate, *, reason: str, by: User | None, at: datetime) -> Candidate:
    """Turn a fact down, with the reason; the register never hears of it."""
    person = _person(by)
    check_may(person, "newsroom.review", candidate.unit)
    rules.check_reason(reason)
    row = _locked(candidate)
    rules.check_waiting(row)
    row.state, row.reason = State.REFUSED, reason.strip()
    row.decided_by, row.decided_at = person, at
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    history.record("candidate.refused", row, by=by, at=at, reason=row.reason)
    return row


@transaction.atomic
def undo(candidate: Candidate, *, reason: str = "", by: User | None, at: datetime) -> Candidate:
    """Take a decision back: what it made is voided, what it changed gets its old value again."""
    person = _person(by)
    check_may(person, "newsroom.review", candidate.unit)
    row = _locked(candidate)
    rules.check_undo(row)
    why = reason.strip() or _("Accepted from an article by mistake.")
    if row.state != State.REFUSED:
        making.unmake(row, reason=why, by=person, at=at)
    row.state, row.reason, row.said_signed = State.WAITING, "", False
    row.decided_by = row.decided_at = row.made_model = row.made = None
    row.undo = {}
    row.save()
    history.record("candidate.undone", row, by=by, at=at, reason=why)
    _tell_others(row.article, by=person)
    return row


@dataclass(frozen=True)
class Bulk:
    """What accepting in bulk did: how many went in, and how many were left for a person."""

    accepted: int
    left: int


@transaction.atomic
def accept_certain(candidates: Iterable[Candidate], *, by: User | None, at: datetime) -> Bulk:
    """Accept the facts that the office's rule lets in together; the others stay as they are.

    Never an agreement, and nothing that contradicts or adds to a record.
    """
    person = _person(by)
    accepted = left = 0
    for candidate in candidates:
        check_may(person, "newsroom.review", candidate.unit)
        if not _certain(candidate):
            left += 1
            continue
        try:
            with transaction.atomic():
                accept(candidate, by=person, at=at)
            accepted += 1
        except Refused:
            left += 1
    return Bulk(accepted, left)


def _certain(candidate: Candidate) -> bool:
    trust = Trust.objects.filter(government=candidate.article.government_id).first()
    held = proposals.held_by(candidate, proposals.of(candidate))
    return rules.certain(candidate, trust, held)


@transaction.atomic
def settle(conflict: Conflict, how: str, *, by: User | None, at: datetime) -> Conflict:
    """Settle what an article says twice and not alike: follow the text, or ask the source."""
    person = _person(by)
    check_may(person, "newsroom.review", conflict.unit)
    rules.check_settle(conflict, how)
    changes = {"state": [conflict.state, how]}
    conflict.state, conflict.decided_by, conflict.decided_at = how, person, at
    conflict.save(update_fields=["state", "decided_by", "decided_at"])
    history.record("conflict.settled", conflict, by=by, at=at, changes=changes)
    if how == Conflict.State.ASKED:
        _ask(conflict, by=person, at=at)
    return conflict


def _ask(conflict: Conflict, *, by: User, at: datetime) -> None:
    """Write to the government's press officers, who can have the release put right."""
    article = conflict.article
    for to in known.press_officers(article.government):
        with translation.override(to.language):
            outbox.queue(
                to,
                key=f"conflict:{conflict.pk}",
                subject=_("Please look at “%(title)s”") % {"title": article.title[:120]},
                body="\n".join(
                    [
                        _("%(who)s asks: this article does not agree with itself.") % {"who": by},
                        str(conflict.get_kind_display()),
                        *(
                            f"{words.what(row['what'])}: {row['one']} / {row['other']}"
                            for row in conflict.rows
                        ),
                    ]
                ),
                at=at,
                about=article,
                link=article.get_absolute_url(),
            )
