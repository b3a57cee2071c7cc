"""Learning anew, in a process of its own, with one `LearningRun` as JSON on stdin.

It reads the workspace's past, writes what it learned in one commit that also takes the entry off the agenda,
and prints what came of it as one line of JSON. It gives way to everything else on the machine, and ends by
itself when it takes too long. Killed at any moment, it leaves what was there.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import entry_points

from cryptography.fernet import Fernet
from pydantic import AwareDatetime, Field

from kernel.desk import Desk
from kernel.errors import Superseded
from kernel.policy import Policy
from kernel.store import Due
from kernel.topics import Catalogue, Topic
from kernel.values import Value, WorkspaceId
from mentoring.learning import memory as learning
from mentoring.learning import retraining
from mentoring.learning.training_result import Studying
from mentoring.model.learned import Learning
from slackapp.workspaces.presence import NoPresence
from slackapp.workspaces.workspaces import ROSTER, AppStores
from storage import Stores

POLITE = 10
FAILED = 1
PATIENCE = 20.0


class LearningRun(Value):
    """What to learn for whom. *url* may hold a password, so it travels by stdin only.

    Of the *policy* it has what belongs to no feature alone.
    """

    url: str = Field(repr=False)
    workspace: WorkspaceId
    now: AwareDatetime
    seconds: int
    topics: tuple[Topic, ...]
    policy: Policy
    due: Due | None = None


def studying() -> Studying:
    """What goes through a past; by entry point, so that only what learns loads its libraries."""
    [point] = entry_points(group="waymark.study")
    found: Studying = point.load()
    return found


async def relearn(
    desk: Desk, now: datetime, due: Due | None = None, told: Callable[[int], object] = lambda _asks: None
) -> Learning:
    """Learn from all that is known, and keep it; *told* hears of each request that was gone through."""
    study = studying()
    used = await learning.used(desk)
    found = await study(desk, used, now, told)
    return await retraining.keep(desk, found, retraining.packed(found), now, due)


def desk_of(stores: AppStores, workspace: WorkspaceId, topics: Catalogue, policy: Policy) -> Desk:
    """What learning works with."""
    return Desk(stores.of(workspace), topics, policy, stores.directory.of(workspace), NoPresence())


async def run(learning_run: LearningRun) -> str:
    """Learn, and give what came of it as JSON."""
    secret = Fernet.generate_key().decode()
    stores = await Stores.open(learning_run.url, ROSTER, secret=secret, timeout=PATIENCE)
    try:
        desk = desk_of(stores, learning_run.workspace, Catalogue(learning_run.topics), learning_run.policy)
        return (await relearn(desk, learning_run.now, learning_run.due)).model_dump_json()
    except Superseded:
        return "{}"
    finally:
        await stores.close()


def main() -> int:
    """Read what is to be done and do it; of an error say its name alone, since its text may quote people."""
    os.nice(POLITE)
    learning_run = LearningRun.model_validate_json(sys.stdin.buffer.read())
    signal.alarm(learning_run.seconds)
    try:
        said, code = asyncio.run(run(learning_run)), 0
    except Exception as error:  # the outermost edge of this process
        said, code = type(error).__name__, FAILED
    sys.stdout.write(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
