"""What is typed about sources, what is handed in, and how the lists are narrowed."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.newsroom import papers
from gyoryu.newsroom.models import Article, Candidate, Conflict, Source
from gyoryu.newsroom.queries import articles as queries
from gyoryu.newsroom.rules import candidates as candidate_rules
from gyoryu.newsroom.rules.sources import PARTS
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

KINDS = [choice for choice in Source.Kind.choices if choice[0] != Source.Kind.UPLOAD]
RHYTHMS = [
    (15, _("Every 15 minutes")),
    (60, _("Every hour")),
    (360, _("Every 6 hours")),
    (1440, _("Every day")),
    (10080, _("Every week")),
]


class SourceForm(forms.Form):
    """Where articles come from, and how often it is visited."""

    name = forms.TextField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    address = forms.TextField(
        label=_("Address"),
        max_length=500,
        help_text=_("https://… of the feed or page; for a folder its path on the server."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As each article says")), *Source.Language.choices],
        required=False,
    )
    every_minutes = forms.ChoiceField(label=_("Visit it"), choices=RHYTHMS, initial=60)
    body = forms.TextField(
        label=_("Text of the article"),
        required=False,
        help_text=_("CSS selectors, only where the general reading of a page leaks."),
    )
    title = forms.TextField(label=_("Headline"), required=False)
    published = forms.TextField(label=_("Day of publication"), required=False)
    updated = forms.TextField(label=_("Day of change"), required=False)
    drop = forms.TextField(label=_("Left out"), required=False)

    def values(self) -> dict[str, Any]:
        """Return the source's fields, the selectors put together."""
        told = self.cleaned_data
        own = {name: told[name] for name in ("name", "kind", "address", "language")}
        selectors = {name: told[name] for name in PARTS if told.get(name)}
        return {**own, "every_minutes": int(told["every_minutes"]), "selectors": selectors}


def initial(source: Source) -> dict[str, Any]:
    """Return what the form of a source begins with."""
    own = ("name", "kind", "address", "language", "every_minutes")
    return {**{name: getattr(source, name) for name in own}, **source.selectors}


class ReasonForm(forms.Form):
    """A step that is explained."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class HandInForm(forms.Form):
    """An article pasted in, or a file with one or many."""

    title = forms.TextField(label=_("Headline"), max_length=500, required=False)
    text = forms.TextField(
        label=pgettext_lazy("newsroom", "Text"), rows=12, max_length=200_000, required=False
    )
    file = forms.UploadField(
        label=_("Or a file"),
        limit=papers.LIMIT,
        required=False,
        help_text=_("A web page, a text, a feed, or a list of articles (JSONL), up to 20 MB."),
    )
    address = forms.URLField(
        label=_("Where it was published"), required=False, assume_scheme="https", max_length=500
    )
    published = forms.DayField(
        label=_("Day of publication"),
        required=False,
        help_text=_("Without it, “last Friday” and “the 27th” stay open."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the text shows")), *Source.Language.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a text or a file."""
        told = super().clean() or {}
        if not told.get("text") and not told.get("file") and "text" not in self.errors:
            self.add_error("text", _("Paste the text, or choose a file."))
        return told

    def told(self) -> dict[str, Any]:
        """Return what is said of all that is handed in."""
        own = {name: self.cleaned_data[name] for name in ("title", "address", "language")}
        if published := self.cleaned_data["published"]:
            own["published"] = papers.at_noon(published)
        return own

    def files_in(self) -> list[tuple[str, bytes]]:
        """Return the texts that are handed in, each with its file's name."""
        typed = self.cleaned_data
        files = [("", typed["text"].encode())] if typed["text"] else []
        if upload := typed["file"]:
            files.append((upload.name, upload.read()))
        return files


class SureForm(forms.Form):
    """Nothing to type: the call is the answer."""


class TrustForm(forms.Form):
    """The office's rule for accepting in bulk."""

    minimum = forms.ChoiceField(
        label=_("At least this sure"),
        choices=[(value, value) for value in ("0.70", "0.75", "0.80", "0.85", "0.90", "0.95")],
        initial="0.90",
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of facts"),
        choices=[(kind.value, kind.label) for kind in candidate_rules.IN_BULK],
        widget=plain.CheckboxSelectMultiple,
        required=False,
        help_text=_("Agreements and results are always decided one by one."),
    )


class SourceFilter(django_filters.FilterSet):
    """The conditions of the list of sources."""

    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Source.Kind, empty_label=_("All kinds")
    )


class ArticleFilter(django_filters.FilterSet):
    """The conditions of the list of articles."""

    q = django_filters.CharFilter(label=_("Headline"), field_name="title", lookup_expr="icontains")
    source = django_filters.ModelChoiceFilter(
        label=_("Source"), queryset=Source.objects.none(), empty_label=_("All sources")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=Source.Language, empty_label=_("All languages")
    )
    since = django_filters.DateFilter(
        label=_("Published since"), field_name="published", lookup_expr="date__gte"
    )
    until = django_filters.DateFilter(
        label=_("Published until"), field_name="published", lookup_expr="date__lte"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only the sources of articles this reader may see.
        seen = Article.objects.filter(pk__in=self.queryset.values("pk")).values("source")
        self.filters["source"].queryset = Source.objects.filter(pk__in=seen)


def source_listing(request: Request, today: date) -> Listing:
    """Return the list of sources as it was asked for."""
    return Listing(
        request,
        queries.sources(request.user),
        SourceFilter,
        sorts={"name": Sort("name"), "kind": Sort("kind")},
        default="name",
        tabs=[
            Tab("trouble", _("In trouble"), Q(failures__gt=0, paused_at=None), "bad"),
            Tab("paused", _("Paused"), Q(paused_at__isnull=False)),
        ],
    )


def article_listing(request: Request, today: date) -> Listing:
    """Return the list of articles as it was asked for."""
    waiting = Candidate.objects.filter(article=OuterRef("pk"), state="waiting")
    conflicts = Conflict.objects.filter(article=OuterRef("pk"), state="open")
    return Listing(
        request,
        queries.articles(request.user),
        ArticleFilter,
        sorts={"published": Sort("published", queries.LONG_AGO), "title": Sort("title")},
        default="-published",
        tabs=[
            Tab("waiting", _("To decide"), Q(Exists(waiting))),
            Tab("conflicts", _("In conflict"), Q(Exists(conflicts)), "bad"),
            Tab("copies", _("Repeats"), Q(original__isnull=False)),
        ],
    )
