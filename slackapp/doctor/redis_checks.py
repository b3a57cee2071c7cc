"""Whether Redis takes and keeps what is saved: what `waymark doctor` says of it."""

from collections.abc import AsyncIterator, Iterator
from time import perf_counter

from slackapp.doctor.findings import CheckResult
from slackapp.process.redis_words import HOW_IT_IS, dropping, sentence
from slackapp.process.settings import Settings
from slackapp.workspaces.workspaces import AppStores
from storage import Condition, StorageAway, Trouble, conditions, try_write

UNTOLD = (
    "Redis does not tell this user how it is set: see yourself that maxmemory-policy is noeviction and "
    "appendonly is yes."
)


async def redis(settings: Settings, stores: AppStores) -> AsyncIterator[CheckResult]:
    """Write a key, and look at how every server is set."""
    started = perf_counter()
    try:
        await try_write(stores.wire)
    except StorageAway as away:
        yield CheckResult("redis", "bad", sentence(away, settings.redis_url))
    else:
        ms = (perf_counter() - started) * 1000
        where = "REDIS_URL" if settings.redis_url else f"a private server in {settings.data_dir}"
        yield CheckResult("redis", "ok", f"Redis ({where}) takes a write in {ms:.1f} ms.")
    try:
        found = await conditions(stores.wire)
    except StorageAway:
        yield CheckResult("redis settings", "note", UNTOLD)
        return
    for each in found:
        for one in faults(each):
            yield one


def faults(server: Condition) -> Iterator[CheckResult]:
    """Yield what keeps a server from keeping what is saved."""
    if server.is_too_old:
        cure = "install Redis 6.2 or newer, or Valkey."
        yield CheckResult("redis version", "bad", f"{server.release} is too old: {cure}")
    if server.is_primary is False:
        yield CheckResult("redis role", "bad", HOW_IT_IS[Trouble.READONLY])
    if server.drops_keys:
        yield CheckResult("redis maxmemory-policy", "bad", dropping(server.policy))
    if server.is_logged is False:
        lost = "a power cut of all loses" if server.replicas else "its next stop loses"
        sentence = f"Redis keeps no log on disk, so that {lost} what was saved: set appendonly to yes."
        yield CheckResult("redis appendonly", "note" if server.replicas else "bad", sentence)
    if server.policy is None or server.is_logged is None:
        yield CheckResult("redis settings", "note", UNTOLD)
