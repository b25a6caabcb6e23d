"""How documents are told."""

from django import template

from gyoryu.evidence.rules.files import TYPES

register = template.Library()
NAMES = {content_type: suffix.upper() for suffix, content_type in TYPES.items()}


@register.filter
def file_type(content_type: str) -> str:
    """Name a file's type as people do: PDF, HWPX."""
    return NAMES.get(content_type, content_type)
