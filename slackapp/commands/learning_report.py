"""`waymark learn`: has workspaces learn now instead of at night, and says in a sentence what came of it."""

import math
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from datetime import datetime

from kernel.values import WorkspaceId
from mentoring.learning import retraining
from mentoring.learning.training_result import FEWEST_ASKS, FEWEST_OUTCOMES
from mentoring.model.learned import RELEARN, Learning
from slackapp.background.retraining import desk_of, relearn
from slackapp.manifest.manifest import Manifest
from slackapp.process.errors import Stop
from slackapp.workspaces.workspaces import AppStores

Progress = Callable[[WorkspaceId, int], AbstractContextManager[Callable[[int], object]]]


async def learn_now(
    stores: AppStores, manifest: Manifest, only: WorkspaceId | None, now: datetime, progress: Progress
) -> AsyncIterator[tuple[WorkspaceId, Learning]]:
    """Learn in one workspace, or in all in which a session has ended so far, and yield what came of each."""
    for workspace in [only] if only else await stores.agenda.planned(RELEARN):
        desk = desk_of(stores, workspace, manifest.topics, manifest.policy)
        if not await desk.store.count("people"):
            raise Stop(
                f"Nobody of {workspace} has used the app here: check --workspace and WAYMARK_DATA_DIR."
            )
        if not manifest.policy.learning.enabled:
            yield workspace, await retraining.skip(desk, "switched_off", now)
            continue
        with progress(workspace, await desk.store.count("requests")) as told:
            found = await relearn(desk, now, told=told)
        yield workspace, found


def sentence(found: Learning) -> str:
    """What came of learning."""
    match found.came:
        case "switched_off":
            return "learning is switched off in manifest.yml, under policy.learning; nothing is kept."
        case "learned":
            return (
                f"learned from {found.asks} requests, of which {found.outcomes} led to a talk. {_uses(found)}"
            )
        case _:
            return (
                f"too little to learn from: {found.asks} requests, of which {found.outcomes} led to a talk. "
                f"Ranking begins at {FEWEST_OUTCOMES} talks, once it foretells them better than profiles do; "
                f"topics at {FEWEST_ASKS} requests."
            )


def _uses(found: Learning) -> str:
    if not found.ranks:
        return "That is enough to find topics; profiles alone say whom to ask."
    topics = (
        "Topics are found from past requests too." if found.guesses else "Topics come from their own words."
    )
    return f"{_weights(found)} {topics}"


def _weights(found: Learning) -> str:
    if found.before is None or found.after is None:
        return "Who helped with what counts from now on."
    before, after = (f"{math.exp(likelihood):.1%}" for likelihood in (found.before, found.after))
    said = f"On the latest talks they gave whoever helped a chance of {after}, the weights before {before}."
    return f"New weights are {'used' if found.is_refitted else 'not used'}: {said[0].lower()}{said[1:]}"
