"""./gyoryu serve: the site for real use, by gunicorn, behind a web server that speaks HTTPS."""

import argparse
import fcntl
import os
import sys


def asked(argv: list[str]) -> argparse.Namespace:
    """Read what was typed."""
    parser = argparse.ArgumentParser(prog="./gyoryu serve", description=__doc__)
    parser.add_argument("--bind", default="127.0.0.1:8000", help="address:port or unix:/path")
    parser.add_argument("--processes", type=int, default=2, help="web processes")
    parser.add_argument("--threads", type=int, default=4, help="requests at once in each")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Gather the static files and become the web server."""
    told = asked(argv)
    import django  # noqa: PLC0415 (the environment is set first)

    from gyoryu.doors import texts  # noqa: PLC0415

    texts.compile_all()
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    # Several servers of one machine may start at once, and share the folder.
    with (settings.DATA / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)
    line = [sys.executable, "-m", "gunicorn", "gyoryu.wsgi", *_options(told)]
    sys.stdout.flush()
    os.execv(sys.executable, line)  # noqa: S606 (no shell is wanted)


def _options(told: argparse.Namespace) -> list[str]:
    """Return how gunicorn runs: workers are not forked from one that has loaded the site.

    A worker thread of ours would not survive such a fork (see docs/jobs.md).
    """
    return [
        f"--bind={told.bind}",
        f"--workers={told.processes}",
        f"--threads={told.threads}",
        "--worker-class=gthread",
        # A page that takes longer has hung; long work is a job.
        "--timeout=60",
        "--graceful-timeout=30",
        # Memory that leaks anywhere is given back now and then, not by all processes at once.
        "--max-requests=5000",
        "--max-requests-jitter=500",
        "--access-logfile=-",
        "--forwarded-allow-ips=127.0.0.1",
    ]
