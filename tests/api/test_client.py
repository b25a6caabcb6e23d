"""The client in the documentation does what its page says, against a site that is up."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from tests.api.conftest import token_for

CLIENT = Path(__file__).parents[2] / "docs" / "examples" / "client.py"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client_module():
    spec = importlib.util.spec_from_file_location("example_client", CLIENT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_client_is_short_and_typed():
    assert len(CLIENT.read_text().splitlines()) < 40
    strict = [sys.executable, "-m", "mypy", "--strict", "--config-file", "/dev/null", str(CLIENT)]
    told = subprocess.run(strict, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_it_makes_a_record_once_reads_pages_and_tells_errors(
    live_server, client_module, officer, now
):
    gyoryu = client_module.Gyoryu(live_server.url, token_for(officer, now)[1], "en")
    made = gyoryu.call("POST", "/api/v1/agreements", {"kind": "mou", "title_ko": "하나"}, "key")
    again = gyoryu.call("POST", "/api/v1/agreements", {"kind": "mou", "title_ko": "하나"}, "key")
    gyoryu.call("POST", "/api/v1/agreements", {"kind": "mou", "title_ko": "둘"})
    titles = [row["title_ko"] for row in gyoryu.rows("/api/v1/agreements?size=1&sort=title")]
    with pytest.raises(client_module.Refused) as refused:
        gyoryu.call("PATCH", made["href"], {"signed": "2025-02-30"})
    assert (again, titles) == (made, ["둘", "하나"])
    assert refused.value.errors == {"signed": ["2025-02 has only 28 days."]}
