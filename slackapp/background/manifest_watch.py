"""Takes over an edit of manifest.yml while the app runs; a bad one changes nothing and is told."""

import asyncio
import hashlib

import structlog

from kernel.errors import NotInstalled
from mentoring.admins import alerts
from mentoring.admins.topics_in_use import note_topics
from slackapp.manifest.file import BadEdit, ManifestFile
from slackapp.workspaces.worker import Worker
from storage import Installation, StorageAway

log = structlog.get_logger()

EVERY = 0.5


async def watch(file: ManifestFile, worker: Worker, here: Installation | None, every: float = EVERY) -> None:
    """Look at the file every so many seconds, until cancelled. *here* is whose admins hear of a bad edit."""
    is_unread = False
    while True:
        await asyncio.sleep(every)
        try:
            seen = await file.poll(worker.clock.wall().timestamp())
        except OSError as error:
            if not is_unread:
                log.warning("manifest not read", file=file.path.name, exc_info=error)
            is_unread = True
            continue
        is_unread = False
        if isinstance(seen, BadEdit):
            await _complain(seen, worker, here)
        elif seen is not None:
            topics = len(seen.manifest.topics)
            log.info(
                "manifest taken over", topics=topics, warnings=[str(warning) for warning in seen.warnings]
            )
            await mended(worker, here)


async def mended(worker: Worker, here: Installation | None) -> None:
    """Withdraw what was said of bad edits, now that the file is good; admins hear what is open and gone."""
    if here is None:
        return
    try:
        desk, now = (await worker.workspaces.at(here.workspace)).desk, worker.clock.now()
        await alerts.withdraw(desk, "bad_manifest", now)
        await note_topics(desk, now)
        await alerts.reach(desk, now)
    except (StorageAway, NotInstalled) as error:
        log.warning("admins not told", exc_info=error)


async def _complain(edit: BadEdit, worker: Worker, here: Installation | None) -> None:
    """Log what is wrong, and tell the admins of the one workspace; with many, the file is the operator's."""
    problems = [str(problem) for problem in edit.problems]
    log.error("manifest not taken over", problems=problems)
    if here is None:
        return
    digest = hashlib.blake2b("\n".join(problems).encode(), digest_size=6).hexdigest()
    facts: dict[str, str | int] = {"problem": problems[0], "problems": len(problems)}
    try:
        desk = (await worker.workspaces.at(here.workspace)).desk
        await alerts.raise_alert(desk, f"bad_manifest.{digest}", "bad_manifest", facts, worker.clock.now())
    except (StorageAway, NotInstalled) as error:
        log.warning("admins not told", exc_info=error)
