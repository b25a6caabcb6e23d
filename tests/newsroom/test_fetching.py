"""Visits are polite and bounded, and never lead into the inner network."""

import gzip
import threading
import time
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gyoryu.newsroom import fetching
from gyoryu.newsroom.fetching.robots import Robots

NOW = datetime(2025, 3, 28, 9, 0, tzinfo=UTC)


class Site:
    """A small web site: what each path answers, and what was asked of it."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.base = ""

    def says(self, path, content=b"", *, status=200, **headers):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, told, content)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.asked.append((self.path, dict(self.headers)))
        answer = site.answers.get(self.path, (404, {}, b""))
        if callable(answer):
            answer(self)
            return
        status, headers, content = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # a visitor who leaves early is what some tests are about


@contextmanager
def serving():
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Site()
    server.site.base = f"http://127.0.0.1:{server.server_port}"
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site():
    with serving() as site:
        yield site


def visit(address, **options):
    options.setdefault("allow_private", True)
    return fetching.fetch(address, now=NOW, **options)


def code_of(address, **options):
    with pytest.raises(fetching.Unreachable) as refusal:
        visit(address, **options)
    return refusal.value.code


def test_a_visit_brings_content_validators_and_the_rules_met(site):
    site.says("/feed", b"<rss/>", Content_Type="text/xml", ETag='"7"', Last_Modified="then")
    fetched = visit(f"{site.base}/feed#top")
    assert fetched == fetching.Fetched(
        asked=f"{site.base}/feed",
        address=f"{site.base}/feed",
        status=200,
        at=NOW,
        content=b"<rss/>",
        content_type="text/xml",
        etag='"7"',
        modified="then",
        robots={site.base: Robots()},
    )
    assert [path for path, _ in site.asked] == ["/robots.txt", "/feed"]
    assert site.asked[1][1]["User-Agent"].startswith("Gyoryu/")


def test_an_unchanged_page_is_not_sent_again(site):
    site.says("/feed", status=304)
    fetched = visit(f"{site.base}/feed", etag='"7"', modified="then", robots={site.base: Robots()})
    assert fetched.unchanged
    assert fetched.content == b""
    ((path, headers),) = site.asked
    assert (path, headers["If-None-Match"], headers["If-Modified-Since"]) == (
        "/feed",
        '"7"',
        "then",
    )


def test_a_validator_cannot_smuggle_a_header(site):
    site.says("/feed", b"x")
    visit(f"{site.base}/feed", etag='"7"\r\nX-Evil: 1')
    assert "If-None-Match" not in site.asked[-1][1]


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
def test_an_error_is_an_answer_and_tells_when_to_come_again(site, status):
    site.says("/feed", b"sorry", status=status, Retry_After="120")
    fetched = visit(f"{site.base}/feed")
    assert (fetched.status, fetched.content) == (status, b"")
    assert fetched.retry_after == timedelta(minutes=2)


def test_rules_of_the_site_are_kept(site):
    site.says("/robots.txt", b"User-agent: *\nDisallow: /\nAllow: /news/\n")
    site.says("/news/1", b"x")
    assert visit(f"{site.base}/news/1").status == 200
    assert code_of(f"{site.base}/board/1") == "robots"
    assert "/board/1" not in [path for path, _ in site.asked]


def test_rules_that_cannot_be_read_forbid_and_missing_ones_allow(site):
    site.says("/feed", b"x")
    site.says("/robots.txt", status=503)
    assert code_of(f"{site.base}/feed") == "robots-unavailable"
    site.says("/robots.txt", status=403)
    assert visit(f"{site.base}/feed").status == 200


def test_redirects_are_followed_and_told(site):
    site.says("/old", status=301, Location="/newer")
    site.says("/newer", status=308, Location="/new")
    site.says("/new", b"x")
    fetched = visit(f"{site.base}/old")
    assert fetched.content == b"x"
    assert [(hop.status, hop.to) for hop in fetched.hops] == [
        (301, f"{site.base}/newer"),
        (308, f"{site.base}/new"),
    ]
    assert fetched.moved_to == f"{site.base}/new"
    site.says("/newer", status=302, Location="/new")
    assert visit(f"{site.base}/old").moved_to == ""


def test_a_circle_of_redirects_ends(site):
    site.says("/a", status=302, Location="/b")
    site.says("/b", status=302, Location="/a")
    assert code_of(f"{site.base}/a") == "too-many-redirects"
    assert len(site.asked) == 7  # the rules, the page, five redirects


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("ftp://a.example.test/", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("http://user:word@a.example.test/", "credentials"),
        ("http://0x7f.1/", "bad-address"),
    ],
)
def test_each_redirect_is_checked_again(site, to, code):
    site.says("/a", status=302, Location=to)
    assert code_of(f"{site.base}/a") == code


def test_rules_are_asked_of_every_site_on_the_way(site):
    with serving() as other:
        other.says("/robots.txt", b"User-agent: gyoryu\nDisallow: /closed")
        other.says("/closed", b"x")
        site.says("/a", status=302, Location=f"{other.base}/closed")
        assert code_of(f"{site.base}/a") == "robots"


def test_a_step_down_to_plain_http_is_noted():
    hop = fetching.Hop("https://a.example.test/", 302, "http://a.example.test/")
    fetched = fetching.Fetched("https://a.example.test/", hop.to, 200, NOW, hops=(hop,))
    assert fetched.downgraded


def resolving(*addresses):
    return fetching.Limits(resolve=lambda host, port: list(addresses))


def test_one_inner_address_among_open_ones_refuses_the_host():
    limits = resolving("93.184.216.34", "127.0.0.1")
    assert (
        code_of("http://a.example.test/", limits=limits, allow_private=False) == "private-address"
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "localhost.", "127。0。0。1"]
)
def test_this_machine_is_refused_by_its_own_names(site, host):
    port = site.base.rpartition(":")[2]
    refused = code_of(f"http://{host}:{port}/feed", allow_private=False)
    assert refused in ("private-address", "no-such-host")
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "1.2.3.256", "[fe80::1%25x]"],
)
def test_a_number_in_disguise_is_no_host(host):
    assert code_of(f"http://{host}/", allow_private=False) == "bad-address"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://a.example.test/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("/feed", "scheme"),
        ("", "scheme"),
        ("http://", "bad-address"),
        ("http://a.example.test:99999/", "bad-address"),
        ("http://user@a.example.test/", "credentials"),
        ("http://user:word@a.example.test/", "credentials"),
        ("http://a.example.test/" + "x" * 3000, "bad-address"),
    ],
)
def test_only_plain_web_addresses_are_visited(address, code):
    assert code_of(address, allow_private=False) == code


def test_doors_of_other_services_are_closed():
    limits = resolving("93.184.216.34")
    assert code_of("http://a.example.test:25/", limits=limits, allow_private=False) == "closed-port"


def test_the_connection_goes_to_the_address_that_was_checked(site):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    site.says("/feed", b"x")
    port = site.base.rpartition(":")[2]
    limits = fetching.Limits(resolve=resolve)
    place = f"http://press.example.test:{port}"
    assert visit(f"{place}/feed", limits=limits, robots={place: Robots()}).content == b"x"
    assert asked == ["press.example.test"]  # once: no later look-up can answer otherwise
    assert site.asked[0][1]["Host"] == f"press.example.test:{port}"


def test_a_name_that_turns_inward_between_two_requests_is_refused(site):
    answers = iter([["93.184.216.34", "10.0.0.1"], ["93.184.216.34"]])
    limits = fetching.Limits(resolve=lambda host, port: next(answers))
    assert (
        code_of("http://a.example.test/", limits=limits, allow_private=False) == "private-address"
    )


def test_a_host_without_an_address_is_said_to_have_none():
    def nobody(host, port):
        raise OSError("unknown")

    limits = fetching.Limits(resolve=nobody)
    assert code_of("http://a.example.test/", limits=limits) == "no-such-host"
    assert code_of("http://a.example.test/", limits=resolving()) == "no-such-host"


def test_a_closed_door_is_no_connection():
    with serving() as gone:
        base = gone.base
    assert code_of(f"{base}/feed") == "no-connection"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"news" * 99, mtime=0)),
        ("x-gzip", gzip.compress(b"news" * 99, mtime=0)),
        ("deflate", zlib.compress(b"news" * 99)),
        ("deflate", zlib.compress(b"news" * 99, wbits=-15)),
        ("identity", b"news" * 99),
    ],
    ids=["gzip", "x-gzip", "zlib", "raw deflate", "identity"],
)
def test_packed_answers_are_unpacked(site, coding, packed):
    site.says("/feed", packed, Content_Encoding=coding)
    assert visit(f"{site.base}/feed").content == b"news" * 99


SMALL = fetching.Limits(bytes=10_000)


def test_what_is_too_large_is_refused_packed_or_not(site):
    site.says("/large", b"x" * 10_001)
    site.says("/bomb", gzip.compress(b"\0" * 30_000_000, mtime=0), Content_Encoding="gzip")
    site.says("/just", b"x" * 10_000)
    assert code_of(f"{site.base}/large", limits=SMALL) == "too-large"
    assert code_of(f"{site.base}/bomb", limits=SMALL) == "too-large"
    assert len(visit(f"{site.base}/just", limits=SMALL).content) == 10_000


@pytest.mark.parametrize(
    ("content", "coding", "code"),
    [
        (b"x", "br", "packed-oddly"),
        (b"x", "gzip, gzip", "packed-oddly"),
        (b"not packed", "gzip", "packed-oddly"),
        (gzip.compress(b"news" * 99, mtime=0)[:-9], "gzip", "cut-short"),
    ],
)
def test_odd_packing_is_refused(site, content, coding, code):
    site.says("/feed", content, Content_Encoding=coding)
    assert code_of(f"{site.base}/feed") == code


def test_rules_of_any_length_are_read_in_part(site):
    site.says("/robots.txt", b"User-agent: *\nDisallow: /x\n" + b"#" * 600_000)
    site.says("/feed", b"x")
    assert visit(f"{site.base}/feed").status == 200
    assert code_of(f"{site.base}/x") == "robots"


def test_an_answer_that_drips_is_left_at_the_deadline(site):
    ended = threading.Event()

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not ended.wait(0.02):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    site.answers["/feed"] = drip
    limits = fetching.Limits(seconds=0.3, idle_seconds=0.2)
    began = time.monotonic()
    try:
        assert code_of(f"{site.base}/feed", limits=limits) == "too-slow"
    finally:
        ended.set()
    assert time.monotonic() - began < 20


def test_an_answer_that_breaks_off_is_no_connection(site):
    def break_off(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        handler.close_connection = True

    site.answers["/feed"] = break_off
    assert code_of(f"{site.base}/feed") == "no-connection"
