"""How each kind of fact becomes a record: always through the actions of the app that owns it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Record, User
from gyoryu.agreements.actions import agreements, bodies, commitments, engagements
from gyoryu.agreements.models import Agreement, Body, Commitment, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.base.periods import Period, Precision
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.evidence.queries import of_record as evidence_of
from gyoryu.newsroom.models import Article, Candidate
from gyoryu.newsroom.queries import proposals
from gyoryu.newsroom.rules import candidates as rules
from gyoryu.parties.actions import organisations, people
from gyoryu.parties.models import Organisation, Person
from gyoryu.programmes.actions import announcements
from gyoryu.programmes.models import Announcement
from gyoryu.trade.actions import published
from gyoryu.trade.models import Published
from gyoryu.trade.rules.published import FIGURES

Kind = Candidate.Kind
Values = dict[str, Any]


@dataclass
class Made:
    """What accepting did: the record, how, and what taking it back needs."""

    record: Model
    how: str = "made"
    also: list[Model] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    signed: bool = False

    def undo(self) -> dict[str, Any]:
        """Write down what taking it back needs, newest record first."""
        rows = [self.record, *self.also] if self.how == "made" else []
        return {"how": self.how, "made": [_named(row) for row in rows], "before": self.before}


def _named(row: Model) -> list[Any]:
    return [ContentType.objects.get_for_model(row).pk, row.pk]


def make(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    """Make the record that a fact stands for."""
    made: Made = _MAKERS[candidate.kind](candidate, values, by=by, at=at)
    return made


def _source(candidate: Candidate) -> Values:
    article = candidate.article
    day = proposals.published_on(article)
    note = f"{article.title[:200]} ({article.source.name}{f', {day}' if day else ''})"
    return {"source": Record.Source.READ, "source_note": note[:300]}


def _agreement(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    rules.check_instrument(candidate, values.get("kind", ""))
    standing = values.get("standing", "")
    rules.check_standing(standing, standing != "signed" or bool(values.get("confirmed")))
    ours, new_ours = _organisations(candidate, values, "ours", by=by, at=at)
    theirs, new_theirs = _organisations(candidate, values, "theirs", by=by, at=at)
    if not theirs:
        raise Refused(
            _("Name the other side. The article's words did not settle who it is."), field="theirs"
        )
    signed = values.get("signed")
    if standing == "signed" and signed is None:
        raise Refused(_("When was it signed? A month or a year is enough."), field="signed")
    own = ("kind", "title_ko", "title_en", "place_note", "parent")
    made = agreements.draft(
        candidate.unit,
        {
            **{name: values[name] for name in own if values.get(name)},
            "owner": by,
            "parties": [
                *((row, Side.OURS) for row in ours),
                *((row, Side.THEIRS) for row in theirs),
            ],
            **_source(candidate),
        },
        by=by,
        at=at,
    )
    if standing == "signed" and signed:
        agreements.sign(
            made, signed=signed, reason=_("As reported; confirmed by a person."), by=by, at=at
        )
    return Made(made, also=[*new_theirs, *new_ours], signed=standing == "signed")


def _organisations(
    candidate: Candidate, values: Values, side: str, *, by: User, at: datetime
) -> tuple[list[Organisation], list[Organisation]]:
    """Return a side's organisations and those made for it: names the register did not have."""
    rows = list(values.get(side) or [])
    new = [
        organisations.add_organisation(
            candidate.unit,
            {"kind": Organisation.Kind.GOVERNMENT, **_in_its_language(name), **_source(candidate)},
            by=by,
            at=at,
        )
        for name in values.get(f"new_{side}") or []
    ]
    return [*rows, *new], new


def _in_its_language(name: str) -> Values:
    return {"name_en" if name.isascii() else "name_ko": name}


def _body(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    agreement = values.get("agreement")
    if agreement is None:
        raise Refused(_("Choose the agreement that the body stands under."), field="agreement")
    own = ("name_ko", "name_en", "cadence_months", "founded_on")
    given = {name: values[name] for name in own if values.get(name)}
    made = bodies.found(agreement, {**given, "owner": by, **_source(candidate)}, by=by, at=at)
    return Made(made)


def _engagement(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    when = values.get("when")
    if when is None:
        raise Refused(_("When was it? A month is enough."), field="when")
    theirs, new = _organisations(candidate, values, "theirs", by=by, at=at)
    own = ("kind", "title_ko", "title_en", "venue", "state", "summary")
    given = {name: values[name] for name in own if values.get(name)}
    if values.get("body"):
        made = _session(candidate, values["body"], {**given, "when": when}, by=by, at=at)
        return _with_delegations(made, theirs, new, by=by, at=at)
    if given.get("kind") == Engagement.Kind.VIDEO_CONFERENCE:
        given["mode"] = Engagement.Mode.VIDEO
    ties = proposals.Proposals(candidate.article, [candidate]).accepted.get(Agreement, [])
    made = engagements.record(
        candidate.unit,
        {**given, "when": when, "agreements": ties, "owner": by, **_source(candidate)},
        by=by,
        at=at,
    )
    return _with_delegations(made, theirs, new, by=by, at=at)


def _session(
    candidate: Candidate, body: Body, given: Values, *, by: User, at: datetime
) -> Engagement:
    """Record a meeting as the next session of its body, named after it unless a person named it."""
    proposed = proposals.of(candidate)
    given.pop("kind", None)
    titles = ("title_ko", "title_en")
    if all(given.get(name, "") == proposed[name] for name in titles):
        given = {name: value for name, value in given.items() if name not in titles}
    return bodies.hold_session(body, {**given, "owner": by, **_source(candidate)}, by=by, at=at)


def _with_delegations(
    made: Engagement,
    theirs: list[Organisation],
    new: list[Organisation],
    *,
    by: User,
    at: datetime,
) -> Made:
    for row in theirs:
        engagements.add_delegation(made, Side.THEIRS, organisation=row, by=by, at=at)
    return Made(made, also=[*new])


def _commitment(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    own = ("words", "side", "due", "organisation", "agreement", "engagement", "body")
    given = {name: values[name] for name in own if values.get(name)}
    if not given.get("side"):
        raise Refused(_("Say whose promise it is."), field="side")
    owner = None if given["side"] == Side.THEIRS else by
    day = proposals.published_on(candidate.article)
    made = commitments.promise(
        candidate.unit,
        {"due": None, **given, "owner": owner, "said_on": day, **_source(candidate)},
        by=by,
        at=at,
    )
    return Made(made)


def _person(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    spelt = {name: values[name] for name in ("name_ko", "name_en") if values.get(name)}
    made = people.add_person(candidate.unit, {**spelt, **_source(candidate)}, by=by, at=at)
    _position(candidate, made, values, by=by, at=at)
    return Made(made)


def _position(
    candidate: Candidate, person: Person, values: Values, *, by: User, at: datetime
) -> Model | None:
    title, organisation = values.get("title", ""), values.get("organisation")
    if not title or organisation is None:
        return None
    language = "title_en" if title.isascii() else "title_ko"
    position: Model = people.add_position(person, organisation, {language: title}, by=by, at=at)
    return position


def _support(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    """Note what the article announces beside the books of the programme a person has chosen."""
    programme = values.get("programme")
    if programme is None:
        raise Refused(_("Choose the programme that this was announced of."), field="programme")
    own = ("name", "budget", "ceiling", "number", "covers")
    given = {name: values[name] for name in own if values.get(name)}
    day = proposals.published_on(candidate.article) or at.date()
    made = announcements.note(programme, {"on": day, **given, **_source(candidate)}, by=by, at=at)
    return Made(made)


def _result(candidate: Candidate, values: Values, *, by: User, at: datetime) -> Made:
    """Note the figures as they were told beside those of the event that a person has agreed to."""
    own = ("edition", "on", "currency", *FIGURES)
    given = {name: values[name] for name in own if values.get(name) not in (None, "")}
    given.setdefault("on", proposals.published_on(candidate.article) or at.date())
    made = published.note(values.get("event"), {**given, **_source(candidate)}, by=by, at=at)
    return Made(made)


_MAKERS: dict[str, Callable[..., Made]] = {
    Kind.AGREEMENT: _agreement,
    Kind.BODY: _body,
    Kind.ENGAGEMENT: _engagement,
    Kind.COMMITMENT: _commitment,
    Kind.PERSON: _person,
    Kind.SUPPORT: _support,
    Kind.RESULT: _result,
}


def take(candidate: Candidate, record: Any, values: Values, *, by: User, at: datetime) -> Made:
    """Let a record have what the article says, because a person chose so; the rest stays."""
    before: dict[str, Any] = {}
    if isinstance(record, Agreement):
        before = {"signed": _kept(record.signed)}
        agreements.change(record, {"signed": values.get("signed")}, by=by, at=at)
    elif (
        isinstance(record, Engagement)
        and record.state == Engagement.State.PLANNED
        and values.get("state") == "held"
    ):
        before = {"state": record.state}
        engagements.hold(record, {}, by=by, at=at)
    elif isinstance(record, Engagement):
        before = {"when": _kept(record.when)}
        engagements.change(record, {"when": values.get("when")}, by=by, at=at)
    elif isinstance(record, Commitment):
        before = {"due": _kept(record.due)}
        commitments.change(record, {"due": values.get("due")}, by=by, at=at)
    elif isinstance(record, Person):
        position = _position(candidate, record, values, by=by, at=at)
        if position is None:
            raise Refused(_("Name the organisation of the new position."), field="organisation")
        before = {"position": position.pk}
    else:
        raise Refused(_("This record is changed on its own page."))
    return Made(record, how="changed", before=before)


def _kept(value: Period | None) -> list[str] | None:
    return [str(value.first), str(value.last), value.precision.value] if value else None


def _period(told: list[str] | None) -> Period | None:
    if told is None:
        return None
    first, last = (datetime.fromisoformat(day).date() for day in told[:2])
    return Period(first, last, Precision(told[2]))


def hold_article(candidate: Candidate, record: Any, *, by: User, at: datetime) -> int | None:
    """Tie the article to a record as where it was read; one document for all records of an article.

    Return the document's number if it was not tied to the record before. Not to a commitment: a
    document there would stand as evidence that the promise was kept.
    """
    article: Article = candidate.article
    if isinstance(record, Commitment) or not article.address.startswith(("http://", "https://")):
        return None
    if len(article.address) > 500:
        return None
    there = Document.objects.filter(
        unit=candidate.unit, kind=Document.Kind.PRESS, link=article.address, voided_at=None
    ).first()
    if there:
        known = evidence_of(record).filter(pk=there.pk).exists()
        evidence.tie(there, record, by=by, at=at)
        return None if known else there.pk
    made = evidence.hold(
        record,
        kind=Document.Kind.PRESS,
        title=article.title[:200],
        link=article.address,
        dated=proposals.published_on(article),
        unit=candidate.unit,
        by=by,
        at=at,
    )
    return made.pk


def _let_go(candidate: Candidate, *, reason: str, by: User, at: datetime) -> None:
    """Loosen the article from the record, unless another fact of the article still rests on it."""
    number, record = candidate.undo.get("tied"), proposals.made_of(candidate)
    document = Document.objects.filter(pk=number, voided_at=None).first() if number else None
    if document is None or record is None:
        return
    others = Candidate.objects.filter(
        article=candidate.article, made_model=candidate.made_model, made=candidate.made
    )
    heir = others.exclude(pk=candidate.pk).first()
    if heir:
        heir.undo = {**heir.undo, "tied": document.pk}
        heir.save(update_fields=["undo"])
        return
    evidence.loosen(document, record, reason=reason, by=by, at=at)
    if not document.ties.exists():
        evidence.void(document, reason=reason, by=by, at=at)


def unmake(candidate: Candidate, *, reason: str, by: User, at: datetime) -> None:
    """Take back what accepting made or changed, by the actions that officers would use."""
    told = candidate.undo
    for model, pk in told.get("made", []):
        kind: Any = ContentType.objects.get_for_id(model).model_class()
        row = kind.objects.filter(pk=pk).first()
        if row and not row.voided_at:
            _void(row, reason=reason, by=by, at=at)
    if told.get("how") == "changed":
        _put_back(proposals.made_of(candidate), told["before"], reason=reason, by=by, at=at)
    _let_go(candidate, reason=reason, by=by, at=at)


def _void(row: Any, *, reason: str, by: User, at: datetime) -> None:
    if isinstance(row, Body):
        bodies.end(row, on=at.date(), reason=reason, by=by, at=at)
        return
    voids: dict[type[Model], Callable[..., Any]] = {
        Agreement: agreements.void,
        Engagement: engagements.void,
        Commitment: commitments.void,
        Person: people.void_person,
        Organisation: organisations.void_organisation,
        Announcement: announcements.void,
        Published: published.void,
    }
    voids[type(row)](row, reason=reason, by=by, at=at)


def _put_back(record: Any, before: Values, *, reason: str, by: User, at: datetime) -> None:
    if "state" in before:
        raise Refused(_("It is noted as held now. Correct that on its own page."))
    if "position" in before:
        position = record.positions.filter(pk=before["position"]).first()
        if position:
            people.end_position(position, on=at.date(), by=by, at=at)
        return
    values = {name: _period(told) for name, told in before.items()}
    changers: dict[type[Model], Callable[..., Any]] = {
        Agreement: agreements.change,
        Engagement: engagements.change,
        Commitment: commitments.change,
    }
    changers[type(record)](record, values, by=by, at=at)
