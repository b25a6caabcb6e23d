"""A field that is wrong stays on the page with what was typed, and says what is wrong."""

import re

from gyoryu.web import forms


class Sample(forms.Form):
    name = forms.TextField(label="Name", max_length=5, help_text="Short.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])


def test_a_wrong_field_keeps_its_text_and_is_described_by_its_error():
    form = Sample({"name": "너무 긴 이름", "kind": "b"})
    for field, typed in (("name", "너무 긴 이름"), ("kind", "")):
        html = form[field].as_field_group()
        assert typed in html
        described = re.search(r'aria-describedby="([^"]*)"', html)[1].split()
        assert f"id_{field}_error" in described
        assert all(f'id="{one}"' in html for one in described)
