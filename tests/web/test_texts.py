"""Every Korean text says the figures and names that the English says."""

import re

from babel.messages.pofile import read_po

from gyoryu.doors import texts

PLACE = re.compile(r"%\(\w+\)|%[sd]")


def forms(text):
    return [text] if isinstance(text, str) else list(text)


def places(text):
    return {place for form in forms(text) for place in PLACE.findall(form)}


def test_no_korean_text_leaves_out_or_makes_up_a_value():
    wrong = []
    for file in sorted(texts.HOUSE.glob("*/locale/ko/LC_MESSAGES/django.po")):
        with file.open("rb") as po:
            messages = [message for message in read_po(po, locale="ko") if message.id]
        wrong += [one.string for one in messages if places(one.id) != places(one.string)]
    assert wrong == []
