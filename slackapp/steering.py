"""Takes over an edit of manifest.yml while the app runs; a bad one changes nothing and is told."""

import asyncio
import hashlib

import structlog

from mentoring import alerts
from mentoring.errors import NotInstalled
from slackapp.manifest_file import BadEdit, ManifestFile
from slackapp.worker import Worker
from storage import Installation, StorageAway

log = structlog.get_logger()

EVERY = 0.5


async def watch(file: ManifestFile, worker: Worker, here: Installation | None, every: float = EVERY) -> None:
    """Look at the file every so many seconds, until cancelled. *here* is whose admins hear of a bad edit."""
    while True:
        await asyncio.sleep(every)
        seen = await file.poll(worker.clock.wall().timestamp())
        if isinstance(seen, BadEdit):
            await _complain(seen, worker, here)
        elif seen is not None:
            topics = len(seen.manifest.topics)
            log.info("manifest taken over", topics=topics, warnings=[str(it) for it in seen.warnings])


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
