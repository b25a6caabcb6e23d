"""What is typed about documents."""

from datetime import date
from pathlib import PurePath
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.evidence import queries
from gyoryu.evidence.models import Document
from gyoryu.evidence.rules import files
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import FAR_PAST, Listing, Sort, Tab


class DocumentForm(forms.Form):
    """A document to be held: a file or a link."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind)
    file = forms.UploadField(
        label=_("File"),
        limit=settings.DOCUMENT_LIMIT,
        required=False,
        help_text=_("PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG or PNG, up to 20 MB."),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=_("Instead of a file: where the document is published."),
    )
    title = forms.TextField(
        label=_("Title of the document"),
        required=False,
        help_text=_("Left empty, the file's name is taken."),
    )
    dated = forms.DayField(label=_("Date of the document"), required=False)


def title_of(values: dict[str, Any]) -> str:
    """Call a document by its file or link when nobody gave it a title."""
    if file := values.get("file"):
        return PurePath(files.kept_name(file.name)[0]).stem[:200]
    return str(values.get("link", ""))[:200]


class VoidForm(forms.Form):
    """Why a document is void."""

    reason = forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("It stays visible with the document, for auditors too."),
    )


class DocumentFilter(django_filters.FilterSet):
    """The conditions of the list of documents."""

    q = django_filters.CharFilter(label=_("Title or file name"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Document.Kind, empty_label=_("All kinds")
    )
    year = django_filters.NumberFilter(
        label=_("Year of the document"),
        field_name="dated",
        lookup_expr="year",
        min_value=1,
        max_value=9999,
    )

    def by_words(self, rows: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """Find documents by title, file name or the beginning of their hash."""
        text = names.nfc(value)
        found = Q(title__icontains=text) | Q(original_name__icontains=text)
        return rows.filter(found | Q(sha256__startswith=text.lower()))


def document_listing(request: Request, today: date) -> Listing:
    """Return the list of documents as it was asked for."""
    return Listing(
        request,
        queries.seen(request.user),
        DocumentFilter,
        sorts={
            "title": Sort("title"),
            "dated": Sort("dated", FAR_PAST),
            "added": Sort("added_at"),
            "size": Sort("size"),
        },
        default="-added",
        tabs=[
            Tab("standing", _("Still stands"), Q(voided_at=None)),
            Tab("void", _("Void"), Q(voided_at__isnull=False)),
        ],
    )
