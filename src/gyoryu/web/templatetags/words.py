"""The texts of templates, looked up once for a language and not for each of a page's lines."""

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language

register = template.Library()
QUOTES = ('"', "'")


class Kept(Node):
    """A text that is written out in the template: in a language it is always the same."""

    def __init__(self, node: Any) -> None:
        self.node, self.into = node, node.asvar
        node.asvar = None
        self.told: dict[str | None, Any] = {}

    def render(self, context: Any) -> Any:
        """Tell it in the reader's language, or keep it under its name for the lines below."""
        language = get_language()
        if language not in self.told:
            self.told[language] = self.node.render(context)
        if not self.into:
            return self.told[language]
        context[self.into] = self.told[language]
        return ""


@register.tag
def translate(parser: Parser, token: Token) -> Any:
    """Translate as Django's own tag does; a row of a list has six such texts, and a page fifty."""
    node: Any = do_translate(parser, token)
    _tag, text, *options = token.split_contents()
    beside = options[options.index("context") + 1] if "context" in options else QUOTES[0]
    whole = text.endswith(QUOTES) and text.startswith(QUOTES) and beside.startswith(QUOTES)
    return Kept(node) if whole else node
