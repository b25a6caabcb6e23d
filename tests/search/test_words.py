"""What is cut into pieces is found again by any part of it, whatever is typed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gyoryu.search import words

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=12)
ANYTHING = st.text(max_size=60)


def meets(groups, tokens):
    return all(any(token in tokens for token in group) for group in groups)


def in_body(query, text):
    asked = words.ask(query)
    tokens = set(words.everything(2, [], [text], []))
    return bool(asked) and all(meets(word.anywhere, tokens) for word in asked.words)


def in_title(query, title):
    asked = words.ask(query)
    tokens = set(words.everything(2, [title], [], []))
    looked_for = [
        [words.titled(2, token) for token in group]
        for word in asked.words
        for group in word.in_title
    ]
    return bool(asked) and meets(looked_for, tokens)


@given(HANGUL, st.data())
def test_every_part_of_two_syllables_or_more_finds_the_word_it_is_a_part_of(word, data):
    start = data.draw(st.integers(0, len(word) - 2))
    end = data.draw(st.integers(start + 2, len(word)))
    part = word[start:end]
    assert in_body(part, f"앞 {word}에서, 뒤")
    assert in_title(part, f"앞 {word} 뒤")
    assert words.finds(words.ask(part), word) == 1


@given(HANGUL)
def test_one_syllable_finds_the_titles_it_stands_in(word):
    assert all(in_title(syllable, word) for syllable in word)


@given(HANGUL, HANGUL)
def test_blanks_in_a_title_do_not_count(one, other):
    assert in_title(one + other, f"{one} {other}")
    assert in_title(f"{one} {other}", one + other)


@given(ANYTHING)
def test_a_text_finds_itself_composed_or_not_in_any_case(text):
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, text)[: words.ask.__globals__["LONGEST"]]
        if words.ask(typed) and len(words.ask(text).words) < 8:
            assert in_title(typed, text[: len(text)])


@given(ANYTHING, ANYTHING)
def test_tokens_are_plain_words_for_every_database(title, body):
    asked = words.ask(body)
    tokens = words.everything(2, [title], [body], [title])
    tokens += [token for word in asked.words for group in word.anywhere for token in group]
    tokens += [*asked.names, words.whole(title)]
    for token in filter(None, tokens):
        assert len(token) <= 300
        assert not set(token) & set(" \"'*()&|!:<>-+\\\0")
        assert any(char.isalnum() for char in token)


@given(ANYTHING, ANYTHING)
def test_an_excerpt_is_the_text_itself_and_marks_what_was_asked(text, query):
    asked = words.ask(query)
    pieces = words.excerpt(asked, text, width=10_000)
    assert "".join(piece.text for piece in pieces) == text
    assert any(piece.marked for piece in pieces) == bool(words.finds(asked, text))


def test_an_excerpt_begins_shortly_before_the_first_match():
    text = "처음 " * 60 + "수원시와 맺은 약속 " + "끝 " * 200
    pieces = words.excerpt(words.ask("수원"), text)
    marked = next(place for place, piece in enumerate(pieces) if piece.marked)
    assert [pieces[0].text, pieces[marked].text] == ["… ", "수원"]
    assert sum(len(piece.text) for piece in pieces) < 200


def test_letters_are_found_by_their_beginning_without_accents_or_case():
    assert in_title("jian", "Jiāngsū Province")
    assert in_title("AGREEMENTS", "Agreement on youth exchange")
    assert in_body("agreement", "Two Agreements were signed.")
    assert not in_title("angsu", "Jiangsu Province")
    assert in_title("ag-2025", "AG-2025-0031")


def test_a_query_of_signs_asks_nothing_and_one_of_many_words_is_cut():
    assert not words.ask('" * ( ) : - ')
    assert len(words.ask("가나 " * 50 + "다라 " + "마바 " * 9).words) <= 8
    assert words.ask('" OR NEAR( *').words == words.ask("or near").words


def test_a_name_is_asked_for_by_its_sound_in_any_order():
    one, other, hangul = (
        set(words.ask(text).names) for text in ("Kim Dong-yeon", "Dong Yeon Kim", "김동연")
    )
    assert one & hangul
    assert other & hangul


def test_what_is_nearly_a_name_is_rated_by_its_letters():
    asked = words.ask("수언시")
    assert words.likeness(asked, "수원시") > words.likeness(asked, "수리시") > 0.5
    assert words.likeness(asked, "평택항") < 0.5
