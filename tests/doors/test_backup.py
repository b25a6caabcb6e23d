"""A backup taken while people write restores to a whole database whose history verifies."""

import hashlib
import json
import os
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from tests import deployment
from tests.doors.conftest import stop

from gyoryu.doors import restore
from gyoryu.doors.copies import Wrong

ASKED = """
import json
from django.contrib.sessions.models import Session
from gyoryu.evidence.models import Document
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation
added = Entry.objects.filter(verb="organisation.added")
told = {
    "organisations": sorted(Organisation.objects.values_list("pk", flat=True)),
    "added": sorted(added.values_list("record", flat=True)),
    "documents": dict(Document.objects.values_list("file", "sha256")),
    "held": Entry.objects.filter(verb="evidence.held").count(),
    "sessions": Session.objects.count(),
}
print(json.dumps(told))
"""


def asked(site):
    code, said = site.run("manage", "shell", "-v0", "-c", ASKED)
    assert code == 0, said
    return json.loads(said.splitlines()[-1])


@pytest.fixture(scope="module")
def backed_up(deploy, working, tmp_path_factory):
    """A deployment, and its backup taken while two people worked on it."""
    site, file = deploy("first"), tmp_path_factory.mktemp("kept") / "backup.tar.gz"
    people = working(site, "하나", "둘", steps=12)
    code, said = site.run("backup", str(file))
    assert code == 0, said
    assert "Not in it: GYORYU_SECRET_KEY, GYORYU_HISTORY_KEY" in said
    # They went on meanwhile, and were not disturbed.
    assert [person.poll() for person in people] == [None, None]
    stop(people)
    return site, file


@pytest.fixture
def unpacked(backed_up, tmp_path):
    with tarfile.open(backed_up[1]) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    return tmp_path / "unpacked"


def packed(place: Path) -> Path:
    file = place.parent / "packed.tar"
    with tarfile.open(file, "w") as archive:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                archive.add(path, str(path.relative_to(place)))
    return file


def test_a_backup_taken_under_write_load_restores_whole(backed_up, deploy, working, unpacked):
    _site, file = backed_up
    manifest = json.loads((unpacked / "manifest.json").read_text())
    second = deploy("second")
    code, said = second.run("restore", str(file))
    assert code == 0, said
    assert ", 0 faults." in said
    rows = asked(second)
    # Every organisation has the entry that was written with it, and each document its file.
    assert rows["organisations"] == rows["added"]
    assert len(rows["organisations"]) == manifest["tables"]["parties_organisation"] >= 24
    assert (rows["held"], rows["sessions"]) == (len(rows["documents"]), 0)
    assert len(rows["documents"]) >= 8
    for name, digest in rows["documents"].items():
        raw = (second.folder / "documents" / name).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == digest
    # And it can be worked with: numbers go on, seals join on to the chain.
    stop(working(second, "셋", steps=3))
    code, said = second.run("manage", "verify_history")
    assert (code, ", 0 faults" in said) == (0, True), said
    # A second restore says that somebody works here, and throws that away only when told to.
    code, said = second.run("restore", str(file))
    assert (code, "The database is not empty." in said) == (1, True), said
    code, said = second.run("restore", str(file), "--replace")
    assert (code, ", 0 faults." in said) == (0, True), said
    assert asked(second) == rows


def test_a_backup_is_readable_by_its_owner_alone_holds_no_key_and_overwrites_nothing(backed_up):
    site, file = backed_up
    assert file.stat().st_mode & 0o777 == 0o600
    raw = file.read_bytes()
    with tarfile.open(file) as archive:
        names = archive.getnames()
    assert names[0] in {"database.sqlite3", "database.dump"}
    assert all(n.startswith("documents/") for n in names[1:-1])
    assert names[-1] == "manifest.json"
    code, said = site.run("backup", str(file))
    assert (code, "a backup never overwrites one" in said) == (1, True)
    assert (file.read_bytes(), list(file.parent.iterdir())) == (raw, [file])


def test_with_another_history_key_every_entry_is_a_fault_and_that_is_said(backed_up, deploy):
    second = deploy("second", GYORYU_HISTORY_KEY="another" * 8)
    code, said = second.run("restore", str(backed_up[1]))
    assert code == 1
    assert "Is GYORYU_HISTORY_KEY the one the backup was sealed with?" in said


def test_what_is_not_whole_is_refused_before_anything_is_touched(unpacked, tmp_path):
    whole = packed(unpacked).read_bytes()
    into = tmp_path / "into"
    into.mkdir()

    def refused(why):
        file = tmp_path / "wrong.tar"
        with pytest.raises(Wrong, match=why):
            restore._unpacked(file, into)

    wrong = tmp_path / "wrong.tar"
    wrong.write_bytes(whole)
    restore._unpacked(wrong, into)
    wrong.write_bytes(whole[: len(whole) // 2])
    refused("is no whole backup")
    wrong.write_bytes(b"no archive at all")
    refused("is no whole backup")
    held = next(path for path in unpacked.rglob("*.pdf"))
    raw = held.read_bytes()
    held.write_bytes(raw[:-1] + b"!")
    packed(unpacked).rename(wrong)
    refused("is not what was backed up")
    held.unlink()
    packed(unpacked).rename(wrong)
    refused("its files are not those its manifest names")
    os.symlink("/etc/hostname", held)
    packed(unpacked).rename(wrong)
    refused("is no plain file")


@pytest.mark.django_db
def test_what_is_newer_or_of_the_other_kind_or_would_be_overwritten_is_refused(unpacked, province):
    manifest = json.loads((unpacked / "manifest.json").read_text())
    for change, why in (
        ({"migrations": ["agreements.0999_later"]}, r"of a newer version \(agreements\.0999"),
        ({"database": "oracle"}, f"of oracle, the database here is {connection.vendor}"),
        ({}, "The database is not empty"),
    ):
        with pytest.raises(Wrong, match=why):
            restore._check({**manifest, **change}, replace=False)
    restore._check(manifest, replace=True)
    for unit in (province.division, province.bureau, province.root, province.other):
        unit.delete()
    restore._check(manifest, replace=False)


@pytest.mark.postgres
def test_a_move_from_sqlite_brings_every_value_over_and_refuses_a_database_in_use(
    deploy, working, tmp_path
):
    old, new = deployment.Deployment(tmp_path / "old"), deploy("new")
    assert old.run("manage", "migrate", "-v0")[0] == 0
    people = working(old, "하나", steps=20)
    stop(people)
    made = old.start("-m", "tests.deployment", "one_of_each")
    assert (made.communicate()[0], made.returncode) == ("", 0)
    before = old.sums()
    code, said = old.run("move", new.address)
    assert code == 0, said
    assert "alike on both sides; seal " in said
    assert ", 0 faults" in said
    assert new.sums() == before == old.sums()
    # Numbers go on after the highest, and the history after its newest seal.
    stop(working(new, "둘"))
    assert ", 0 faults" in new.run("manage", "verify_history")[1]
    code, said = old.run("move", new.address)
    assert (code, "The new database is not empty." in said) == (1, True)
    code, said = new.run("move", old.address)
    assert (code, "Moving goes from SQLite" in said) == (1, True)
