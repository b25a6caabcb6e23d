"""Deployments made from a copy of the tests' own empty database."""

import pytest
from tests import deployment


@pytest.fixture(scope="session")
def pattern(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return deployment.pattern(tmp_path_factory.mktemp("pattern"))


@pytest.fixture(scope="module")
def deploy(tmp_path_factory, pattern):
    """Make a deployment of the kind of database the tests run on."""

    def make(name, **env):
        return deployment.made(tmp_path_factory.mktemp(name), pattern, **env)

    return make


@pytest.fixture(scope="module")
def working():
    """Let people work on a deployment until each has done so many steps; they work on then."""
    begun = []

    def start(site, *names, steps=1):
        own = [site.start("-m", "tests.deployment", "write", name) for name in names]
        begun.extend(own)
        for process in own:
            for line in process.stdout:
                if line.strip() == str(steps):
                    break
            else:
                pytest.fail(f"ended with {process.wait()}")
        return own

    yield start
    stop(begun)


def stop(people):
    for person in people:
        person.kill()
        person.wait()
        person.stdout.close()
