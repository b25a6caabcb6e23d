"""Do our templates hold? Part of ./gyoryu check.

Every template is compiled by Django's engine, which finds unknown tags and unclosed blocks. What it
would find only when the line is drawn is looked up here: templates that are included or extended,
addresses, and static files, wherever the template names them in so many words.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.contrib.staticfiles import finders
from django.template import Engine, Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import FilterExpression, Node
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import get_resolver

HOUSE = Path(__file__).resolve().parents[1]


def main() -> int:
    """Say what is wrong with which template; the exit code is 1 when something is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
    django.setup()
    told = [f"{path.relative_to(HOUSE)}: {why}" for path in ours() for why in faults(path)]
    print("\n".join(told) or f"{len(ours())} templates hold")
    return 1 if told else 0


def ours(house: Path = HOUSE) -> list[Path]:
    """Return every template of the project, web pages and letters alike."""
    return sorted(path for path in house.glob("*/templates/**/*") if path.is_file())


def faults(path: Path) -> list[str]:
    """Return what is wrong with a template, each in a line; nothing when it holds."""
    engine = Engine.get_default()
    origin = Origin(str(path), template_name=path.name)
    try:
        nodes = Template(path.read_text(), origin, path.name, engine).nodelist
    except TemplateSyntaxError as wrong:
        return [str(wrong)]
    return [
        f"line {getattr(node.token, 'lineno', '?')}: {why}"
        for node in nodes.get_nodes_by_type(Node)
        for why in _names_nothing(node, engine)
    ]


def _names_nothing(node: Node, engine: Engine) -> Iterator[str]:
    """Say what a node names that is not there; names put together at run time are not known."""
    if isinstance(node, ExtendsNode):
        yield from _no_template(_literal(node.parent_name), engine)
    elif isinstance(node, IncludeNode):
        yield from _no_template(_literal(node.template), engine)
    elif isinstance(node, URLNode):
        yield from _no_address(node)
    elif isinstance(node, StaticNode):
        file = _literal(node.path)
        if file and not finders.find(file):
            yield f"there is no static file “{file}”"


def _literal(expression: FilterExpression | Node) -> str:
    """Return the text an expression is, or nothing when it is looked up at run time."""
    if not isinstance(expression, FilterExpression) or expression.filters:
        return ""
    return expression.var if isinstance(expression.var, str) else ""


def _no_template(name: str, engine: Engine) -> Iterator[str]:
    try:
        if name:
            engine.get_template(name)
    except TemplateDoesNotExist:
        yield f"there is no template “{name}”"
    except TemplateSyntaxError:
        return  # told where that template is looked at itself


def _no_address(node: URLNode) -> Iterator[str]:
    name = _literal(node.view_name)
    if not name or ":" in name:
        return
    shapes = get_resolver().reverse_dict.getlist(name)
    if not shapes:
        yield f"there is no address “{name}”"
        return
    wanted = [params for possibilities, *_rest in shapes for _shape, params in possibilities]
    given = set(node.kwargs)
    if not any(set(p) == given if given else len(p) == len(node.args) for p in wanted):
        yield f"the address “{name}” does not take these arguments"


if __name__ == "__main__":
    sys.exit(main())
