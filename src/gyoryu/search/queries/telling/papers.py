"""What documents and articles tell the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from gyoryu.evidence import queries as evidence
from gyoryu.evidence.models import Document, Tie
from gyoryu.evidence.rules import ties
from gyoryu.newsroom.models import Article
from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import Told, above, scopes

# Beyond one's own departments a document is seen with what it is tied to; see evidence.queries.
THROUGH_TIES = "evidence"


def documents(rows: QuerySet[Document]) -> Iterator[Told]:
    """Tell documents by their names; what stands in a file is not read."""
    held, office = list(rows.select_related("unit")), ZoneInfo(settings.TIME_ZONE)
    through = _through_ties([row.pk for row in held])
    for row in held:
        yield Told(
            kind=Kind.DOCUMENT,
            record=row.pk,
            titles=(row.title, ""),
            scopes=[*scopes("evidence", row.unit), *through[row.pk]],
            unit=row.unit,
            day=row.dated or row.added_at.astimezone(office).date(),
            sort=row.kind,
            names=[("file", row.original_name)],
            body=[("website", row.link)],
        )


def _through_ties(documents: list[int]) -> dict[int, list[str]]:
    """Return to whom documents are shown because of the records they are tied to."""
    wanted: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for tie in Tie.objects.filter(document__in=documents):
        wanted[tie.model_id][tie.record].append(tie.document_id)
    found: dict[int, list[str]] = defaultdict(list)
    for kind, records in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not ties.unit_path(model):
            continue
        for record, scope in _scopes_of(model, records):
            for document in records[record]:
                found[document].append(scope)
    return found


def _scopes_of(model: type[Model], records: Iterable[int]) -> Iterator[tuple[int, str]]:
    app, path = model._meta.app_label, ties.unit_path(model)
    if app in ties.OPEN_APPS:
        yield from ((record, f"@{THROUGH_TIES}_{app}") for record in records)
        return
    sharing = evidence.sharing(model, path)
    if sharing is None:
        return
    rows = model._default_manager.filter(pk__in=list(records))
    shared = "shared_with" if sharing[0] == "pk" else f"{sharing[0]}__shared_with"
    for units in (path, shared):
        for record, unit_path in rows.values_list("pk", f"{units}__path"):
            for pk in above(unit_path) if unit_path else ():
                yield record, f"@{THROUGH_TIES}_{app}_{pk}"


def articles(rows: QuerySet[Article]) -> Iterator[Told]:
    """Tell articles: headline and text, in the language they are in."""
    office = ZoneInfo(settings.TIME_ZONE)
    for row in rows.select_related("unit").defer("signature"):
        titles = ("", row.title) if row.language == "en" else (row.title, "")
        yield Told(
            kind=Kind.ARTICLE,
            record=row.pk,
            titles=titles,
            scopes=scopes("newsroom", row.unit),
            unit=row.unit,
            day=(row.published or row.taken_in_at).astimezone(office).date(),
            sort=row.language,
            body=[("text", row.body)],
        )
