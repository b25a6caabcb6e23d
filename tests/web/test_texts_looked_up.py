"""Texts of templates: the same as by Django's own tag, in whatever language comes next."""

import pytest
from django.template import Context, Engine
from django.utils.translation import override

TEXTS = [
    '{% translate "Agreements" %}',
    "{% translate 'None' %}",
    '{% translate "Home" as home %}[{{ home }}]',
    '{% translate "none" context "ties" %}',
    "{% translate word %}",
    '{% translate "Agreements"|upper %}',
    '{% translate "Agreements" noop %}',
    '{% translate "50 %% & more" %}',
]


def drawn(text, builtins):
    engine = Engine(builtins=["django.templatetags.i18n", *builtins])
    made, told = engine.from_string(text), []
    for language in ("ko", "en", "ko", "en"):
        with override(language):
            told.append(made.render(Context({"word": "Agreements"})))
    return told


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_told_as_django_tells_it(text):
    own = drawn(text, ["gyoryu.web.templatetags.words"])
    assert own == drawn(text, [])
    assert own[:2] == own[2:]


def test_languages_are_kept_apart():
    korean, english, *_again = drawn(TEXTS[0], ["gyoryu.web.templatetags.words"])
    assert (korean, english) == ("협약", "Agreements")
