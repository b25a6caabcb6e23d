"""The check of templates finds what the engine would find only in front of a reader."""

import pytest

from gyoryu.doors import templates

BROKEN = {
    "{% chippp 'x' %}": "Invalid block tag on line 1: 'chippp'",
    "{{ row|nosuch }}": "Invalid filter: 'nosuch'",
    "{% if row %}\n<p>": "Unclosed tag on line 1: 'if'",
    "{% extends 'web/basis.html' %}": "there is no template “web/basis.html”",
    "<p>\n{% if a %}{% include 'web/marks.html' %}{% endif %}": "line 2: there is no template",
    "{% url 'agreementz' %}": "there is no address “agreementz”",
    "{% url 'agreementz' as there %}": "there is no address “agreementz”",
    "{% url 'agreement' %}": "the address “agreement” does not take these arguments",
    "{% url 'agreement' number=1 %}": "the address “agreement” does not take these arguments",
    "{% static 'web/none.css' %}": "there is no static file “web/none.css”",
}
SOUND = [
    "{% extends 'web/base.html' %}{% block main %}{% icon 'doc' %}{% endblock %}",
    "{% include somewhere %}",
    "{% url 'agreement' row.pk %}{% url 'agreement' pk=row.pk %}{% url where %}",
    "{% static 'web/gyoryu.css' %}",
]


@pytest.fixture
def faults(tmp_path):
    def look(text):
        path = tmp_path / "page.html"
        path.write_text(text)
        return templates.faults(path)

    return look


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_template_is_found_and_told(faults, text):
    (told,) = faults(text)
    assert BROKEN[text] in told


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_template_is_left_alone(faults, text):
    assert faults(text) == []


def test_every_template_of_ours_holds():
    assert len(templates.ours()) > 100
    assert {
        path: templates.faults(path) for path in templates.ours() if templates.faults(path)
    } == {}
