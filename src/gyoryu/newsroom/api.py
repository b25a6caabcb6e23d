"""Sources, articles and the facts read from them, as programs read and decide them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.accounts.queries import home_unit, visible
from gyoryu.newsroom.actions import deciding, ingest, later
from gyoryu.newsroom.actions import sources as actions
from gyoryu.newsroom.forms import candidates as facts
from gyoryu.newsroom.forms import sources as forms
from gyoryu.newsroom.models import Article, Candidate, Conflict, Source
from gyoryu.newsroom.queries import articles as queries
from gyoryu.newsroom.queries import proposals
from gyoryu.newsroom.rules import candidates as rules
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, REVIEW = "newsroom.view", "newsroom.review"
SOURCES, TRUST = "newsroom.sources", "newsroom.trust"
desk = Desk(_("Newsroom"))
DESKS = [desk]


class SourceRow(Shape):
    """Where articles come from."""

    id: int
    name: str
    kind: Source.Kind
    address: str
    language: str
    every_minutes: int
    visited_at: datetime | None
    next_visit_at: datetime | None
    failures: int
    paused_at: datetime | None
    paused_reason: str
    unit: Named


class ArticleRow(Shape):
    """An article as it was taken in; ``waiting`` counts its facts that wait for a yes."""

    id: int
    title: str
    address: str
    language: str
    published: datetime | None
    taken_in_at: datetime
    source: Named
    unit: Named
    waiting: int


class FactLine(Shape):
    """A fact read from an article."""

    id: int
    kind: Candidate.Kind
    quote: str
    start: int
    end: int
    status: str
    confidence: Decimal
    match: Candidate.Match
    state: Candidate.State
    reason: str


class ConflictShape(Shape):
    """Two statements of one article that do not agree."""

    id: int
    kind: Conflict.Kind
    state: Conflict.State
    rows: list[dict[str, Any]]


class ArticlePage(ArticleRow):
    """An article with its text and the facts in it."""

    body: str
    original: Named | None
    pair: Named | None
    candidates: list[FactLine]
    conflicts: list[ConflictShape]

    @staticmethod
    def resolve_candidates(row: Article) -> Any:
        """Return the facts that the text states, in its order."""
        return queries.facts_of(row)

    @staticmethod
    def resolve_conflicts(row: Article) -> Any:
        """Return what does not agree."""
        return row.conflicts.exclude(state="gone")


class FactRow(FactLine):
    """A fact in the list, with its article."""

    article: Named
    unit: Named


class FactPage(FactRow):
    """A fact with each value, the words it was read from, and the record that came of it."""

    fields: dict[str, Any]
    conflicts: list[Any]
    made: int | None
    decided_by: Named | None
    decided_at: datetime | None


def _source(call: Call) -> Source:
    return get_object_or_404(queries.sources(call.user), pk=call.pk)


def _own_source(call: Call) -> Source:
    rows = visible(Source.objects.filter(voided_at=None), call.user, SOURCES)
    return get_object_or_404(rows.select_related("unit"), pk=call.pk)


def _article(call: Call) -> Article:
    rows = queries.articles(call.user).select_related("original", "pair", "source", "unit")
    return get_object_or_404(rows, pk=call.pk)


def _to_review(call: Call) -> Article:
    return get_object_or_404(visible(Article.objects.all(), call.user, REVIEW), pk=call.pk)


def _fact(call: Call) -> Candidate:
    rows = visible(Candidate.objects.all(), call.user, VIEW)
    return get_object_or_404(rows.select_related("article", "unit", "decided_by"), pk=call.pk)


def _to_decide(call: Call) -> Candidate:
    rows = visible(Candidate.objects.all(), call.user, REVIEW)
    named = ("article__source", "article__government", "article__unit", "unit")
    return get_object_or_404(rows.select_related(*named), pk=call.pk)


def _waiting(call: Call) -> Candidate:
    row = _to_decide(call)
    rules.check_waiting(row)
    return row


def _conflict(call: Call) -> Conflict:
    rows = visible(Conflict.objects.all(), call.user, REVIEW)
    return get_object_or_404(rows.select_related("unit", "article__government"), pk=call.pk)


def _source_form(call: Call) -> Any:
    return forms.SourceForm(initial=call.row and forms.initial(call.row))


def _hand_in(call: Call, form: Any) -> Any:
    unit, told, files = home_unit(call.user, REVIEW), form.told(), form.files_in()
    return ingest.hand_in(unit, files, **told, **call.who).last


def _accept(call: Call, form: Any) -> Any:
    said = form.cleaned_data["standing"] == "signed"
    return deciding.accept(call.row, form.cleaned_data, confirm_signed=said, **call.who)


def _edit_form(call: Call) -> Any:
    row = call.row
    return facts.FORMS[row.kind](candidate=row, user=call.user, initial=proposals.of(row))


def _accept_edited(call: Call, form: Any) -> Any:
    values = form.values()
    said = values.get("standing") == "signed"
    return deciding.accept(call.row, values, confirm_signed=said, **call.who)


def _accept_certain(call: Call, _form: Any) -> Any:
    rows = queries.waiting(call.user).filter(article=call.row)
    rows = rows.select_related("article__government", "article__source", "unit")
    deciding.accept_certain(rows, **call.who)
    return call.row


def _set_trust(call: Call, form: Any) -> Any:
    government = Unit.objects.get(pk=home_unit(call.user, TRUST).root_id)
    minimum, kinds = Decimal(form.cleaned_data["minimum"]), list(form.cleaned_data["kinds"])
    return actions.set_trust(government, minimum, kinds, **call.who)


desk.lists("sources", _("Sources"), SourceRow, forms.source_listing, may=VIEW)
desk.writes(
    "sources", _("New source"), forms.SourceForm,
    lambda call, form: actions.add_source(
        home_unit(call.user, SOURCES), form.values(), **call.who
    ),
    may=SOURCES, creates="sources",
)  # fmt: skip
desk.shows("sources/{pk}", _("Source"), SourceRow, _source, may=VIEW)
desk.writes(
    "sources/{pk}", _("Change the source"), _source_form,
    lambda call, form: actions.change_source(call.row, form.values(), **call.who),
    may=SOURCES, find=_own_source, method="PATCH",
)  # fmt: skip
desk.writes(
    "sources/{pk}/pause", _("Pause"), forms.ReasonForm,
    lambda call, form: actions.pause(call.row, **form.cleaned_data, **call.who),
    may=SOURCES, find=_own_source,
)  # fmt: skip
desk.writes(
    "sources/{pk}/resume", _("Resume"), forms.SureForm,
    lambda call, _form: actions.resume(call.row, **call.who),
    may=SOURCES, find=_own_source,
)  # fmt: skip
desk.writes(
    "sources/{pk}/visit", _("Visit now"), forms.SureForm,
    lambda call, _form: later.visit(call.row, **call.who),
    may=SOURCES, find=_own_source, queues=True,
)  # fmt: skip
desk.writes("sources/trust", _("What is certain enough"), forms.TrustForm, _set_trust, may=TRUST)
desk.lists("articles", _("Articles"), ArticleRow, forms.article_listing, may=VIEW)
desk.writes(
    "articles", _("Hand in an article"), forms.HandInForm, _hand_in, may=REVIEW, creates="articles"
)
desk.shows("articles/{pk}", _("Article"), ArticlePage, _article, may=VIEW)
desk.writes(
    "articles/{pk}/certain", _("Accept what is certain"), forms.SureForm, _accept_certain,
    may=REVIEW, find=_to_review,
)  # fmt: skip
desk.lists("candidates", _("Facts read"), FactRow, facts.fact_listing, may=VIEW)
desk.shows("candidates/{pk}", _("Fact"), FactPage, _fact, may=VIEW)
desk.writes(
    "candidates/{pk}/accept", _("Accept"), facts.AcceptForm, _accept, may=REVIEW, find=_to_decide
)
desk.writes(
    "candidates/{pk}/edit", _("Correct and accept"), _edit_form, _accept_edited,
    may=REVIEW, find=_waiting, fields=facts.ANY, method="PATCH",
)  # fmt: skip
desk.writes(
    "candidates/{pk}/refuse", _("Turn down"), forms.ReasonForm,
    lambda call, form: deciding.refuse(call.row, **form.cleaned_data, **call.who),
    may=REVIEW, find=_to_decide,
)  # fmt: skip
desk.writes(
    "candidates/{pk}/undo", _("Undo the decision"), forms.ReasonForm,
    lambda call, form: deciding.undo(call.row, **form.cleaned_data, **call.who),
    may=REVIEW, find=_to_decide,
)  # fmt: skip
desk.writes(
    "conflicts/{pk}/settle", _("Settle"), facts.SettleForm,
    lambda call, form: deciding.settle(call.row, form.cleaned_data["how"], **call.who),
    may=REVIEW, find=_conflict,
)  # fmt: skip
