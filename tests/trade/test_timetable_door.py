"""From the shell: solve, check, plan and re-plan, and what a bad file is told."""

import json

import pytest
from test_reading_meetings import FILE

from gyoryu.doors import timetable

SHOW = {
    "half_days": [
        {"day": "2025-05-01", "part": "morning", "slots": 2},
        {"day": "2025-05-01", "part": "afternoon", "slots": 2},
    ],
    "tables": 2,
    "parties": [
        {"name": "Hanbit", "stays": True, "languages": ["ko"]},
        {"name": "Saebyeok", "stays": True, "most_a_day": 2},
        {"name": "Osaka Trading", "away": [{"half_day": 1}]},
        {"name": "Graz Handel", "away": [{"half_day": 1, "slot": 2}], "languages": ["de", "ko"]},
    ],
    "requests": [
        {"from": "Hanbit", "to": "Osaka Trading", "worth": 3},
        {"from": "Osaka Trading", "to": "Hanbit", "worth": 4},
        {"from": "Graz Handel", "to": "Hanbit", "worth": 2, "part": "morning"},
        {"from": "Saebyeok", "to": "Graz Handel"},
        {"from": "Saebyeok", "to": "Osaka Trading", "worth": 5},
    ],
    "refused": [{"from": "Osaka Trading", "to": "Saebyeok"}],
    "before": [{"earlier": ["Hanbit", "Graz Handel"], "later": ["Saebyeok", "Graz Handel"]}],
}


@pytest.fixture
def run(tmp_path, capsys):
    def run(what, *files, more=()):
        names = []
        for number, content in enumerate(files):
            names.append(str(tmp_path / f"fair{number}.dzn"))
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / f"fair{number}.dzn").write_text(text)
        code = timetable.main([what, *names, "--workers", "1", *more])
        return code, *capsys.readouterr()

    return run


def test_solves_and_checks_what_it_solved(run):
    code, out, _ = run("solve", FILE, more=["--json"])
    told = json.loads(out)
    del told["seconds"]
    assert (code, told.pop("slots")[1]) == (0, 3)
    assert told == {"instance": "fair0", "status": "optimal", "value": 0, "bound": 0}
    assert run("check", FILE, out) == (0, "all is kept; 0 breaks\n", "")


def test_names_the_faults_of_a_plan(run):
    code, out, _ = run("check", FILE, {"slots": [3, 2]})
    assert code == 1
    assert out.splitlines() == [
        "meeting 2: slot 2 is not in the afternoon",
        "meeting 2: participant 3 is away in slot 2",
        "meeting 2 is fixed to slot 3, not 2",
        "meeting 1 must come before meeting 2",
    ]


def test_plans_and_replans(run):
    code, out, _ = run("plan", SHOW, more=["--json"])
    plan = json.loads(out)
    met = {tuple(row["parties"]): row["half_day"] for row in plan["meetings"]}
    assert (code, plan["value"], plan["faults"], plan["short"]) == (0, 10, [], {})
    assert met[("Hanbit", "Graz Handel")] == 1
    assert ("Saebyeok", "Osaka Trading") not in met
    less = {**SHOW, "parties": [*SHOW["parties"][:3], {"name": "Graz Handel", "most": 0}]}
    code, out, _ = run("replan", less, plan, more=["--json"])
    again = json.loads(out)
    assert (code, again["moved"], again["faults"]) == (0, [], [])
    assert [row["parties"] for row in again["meetings"]] == [["Hanbit", "Osaka Trading"]]
    code, out, _ = run("replan", SHOW, again, more=["--arrived", "Graz Handel", "--json"])
    back = json.loads(out)
    assert (code, back["value"], back["moved"], len(back["added"])) == (0, 10, [], 2)
    code, _, err = run("replan", SHOW, again, more=["--arrived", "Nobody"])
    assert (code, err.endswith("there is no party “Nobody”\n")) == (2, True)


@pytest.mark.parametrize(
    ("part", "value", "where"),
    [
        ("tables", -1, "show.tables: a whole number from 0"),
        ("tables", True, "show.tables: a whole number"),
        ("half_days", {}, "half_days: a list expected"),
        ("half_days", [{"day": "1", "part": "am"}], "half_days[0].slots: a whole number from 1"),
        ("parties", [{"name": "A"}, {"name": "A"}], "“A” stands here a second time"),
        ("parties", [{"name": "A", "mots": 3}], "parties[0]: “mots” has no meaning here"),
        ("parties", [{"name": "A", "away": [{"half_day": 3}]}], "away[0].half_day: a whole number"),
        ("requests", [{"from": "Hanbit", "to": "X"}], "requests[0].to: there is no party “X”"),
        ("requests", [{"from": "Hanbit", "to": "Hanbit"}], "nobody can meet itself"),
        ("before", [{"earlier": ["Hanbit"], "later": []}], "before[0].earlier: two names"),
        ("extra", 1, "show: “extra” has no meaning here"),
        (
            "fixed",
            [{"parties": ["Hanbit", "Osaka Trading"], "half_day": 1, "slot": 1}],
            "fixed[0]: “Osaka Trading” is away then",
        ),
    ],
)
def test_a_bad_show_is_told_where(run, part, value, where):
    code, out, err = run("plan", {**SHOW, part: value})
    assert (code, out) == (2, "")
    assert where in err


@pytest.mark.parametrize(
    ("files", "told"),
    [(("{",), "line 1"), (("[" * 100_000,), "nested too deep"), (("[]",), "an object expected")],
)
def test_a_file_that_is_no_show(run, files, told):
    assert told in run("plan", *files)[2]


def test_a_missing_file_and_a_bad_problem(run, capsys):
    assert timetable.main(["solve", "/nowhere.dzn"]) == 2
    assert "No such file" in capsys.readouterr().err
    assert run("solve", FILE.replace("nTables = 2", "nTables = x"))[2].endswith("found\n")
