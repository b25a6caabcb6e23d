"""./gyoryu read and ./gyoryu ingest: one reading from the shell, with or without a database."""

import json
import subprocess
import sys
from pathlib import Path

import newsroom_stages as stages
import pytest

import gyoryu
from gyoryu.doors import ingest, read
from gyoryu.newsroom import papers
from gyoryu.newsroom.models import Article, Candidate

HOUSE = Path(gyoryu.__file__).parent
FEED = HOUSE / "sample" / "newsroom" / "feed.xml"
LINE = {
    "id": "a-1",
    "lang": "ko",
    "published": "2025-03-25",
    "title": stages.TITLE,
    "text": stages.BODY,
}


def spoken(capsys, *argv):
    code = read.main([str(one) for one in argv])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_list_of_articles_gives_a_line_each_with_offsets_into_the_text_given(tmp_path, capsys):
    file = tmp_path / "articles.jsonl"
    rows = [LINE, {**LINE, "id": "a-2", "text": f"\u2028  {stages.BODY}\r\n"}]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    code, told = spoken(capsys, "--json", file)
    assert (code, [one["id"] for one in told]) == (0, ["a-1", "a-2"])
    for row, one in zip(rows, told, strict=True):
        assert set(one) == {"id", "items"}
        spans = [span for item in one["items"] for span in spans_of(item)]
        assert spans
        assert all(row["text"][span["s"] : span["e"]] == span["q"] for span in spans)
    agreement = next(item for item in told[0]["items"] if item["type"] == "agreement")
    assert (agreement["sub"], agreement["status"], agreement["date"]["n"]) == (
        "mou",
        "signed",
        "2025-03-24",
    )


def spans_of(value):
    if isinstance(value, dict):
        if "s" in value:
            yield value
        for part in value.values():
            yield from spans_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans_of(part)


def test_a_feed_a_page_and_a_text_are_told_apart_by_what_they_are(tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><h1>{stages.TITLE}</h1><p>{stages.BODY}</p></body></html>")
    text = tmp_path / "text.txt"
    text.write_text(stages.BODY)
    code, told = spoken(capsys, "--json", "--published", "2025-03-25", FEED, page, text)
    assert (code, len(told)) == (0, 9)
    assert {item["sub"] for item in told[-1]["items"] if item["type"] == "agreement"} == {"mou"}


def test_the_table_is_for_people(capsys):
    assert read.main([str(FEED)]) == 0
    told = capsys.readouterr().out
    assert "sisterhood 1983-09" in told
    assert "USD" in told


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert read.main(["--json", str(empty), str(FEED)]) == 1
    said = capsys.readouterr()
    assert "empty.txt: empty" in said.err
    assert len(said.out.splitlines()) == 7
    with pytest.raises(SystemExit):
        read.main([str(tmp_path / "none.txt")])


def test_reading_needs_neither_a_database_nor_django():
    code = (
        "import sys\nfrom gyoryu.doors import read\nread.main(sys.argv[1:])\n"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'django']"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, "--json", str(FEED)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(HOUSE.parent), "PATH": ""},
        check=False,
    )
    assert (told.returncode, len(told.stdout.splitlines())) == (0, 7), told.stderr


def test_an_entry_is_kept_and_restored_whole():
    entry = stages.entry(updated=stages.PUBLISHED)
    assert papers.restored(json.loads(json.dumps(papers.kept(entry)))) == entry


@pytest.mark.django_db
def test_a_file_is_taken_in_from_the_shell_once(province, capsys):
    assert ingest.main([str(FEED), "--unit", "국제협력과"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("7 new, 0 changed, 0 known, 0 failed")
    assert "7/7" in said.err
    before = Candidate.objects.count()
    assert ingest.main([str(FEED), "--unit", "국제협력과"]) == 0
    assert capsys.readouterr().out.startswith("0 new, 0 changed, 7 known")
    assert (Article.objects.count(), Candidate.objects.count()) == (7, before)
    assert Article.objects.first().unit == province.division


@pytest.mark.django_db
def test_a_wrong_source_is_answered_in_words(province, capsys, tmp_path):
    assert ingest.main([str(tmp_path / "none")]) == 1
    assert ingest.main(["http://127.0.0.1/feed"]) == 1
    assert "내부망" in capsys.readouterr().err
