"""`waymark answers`: how often an answer that was written down spared a question, in counts alone."""

import asyncio
import json
import os
from dataclasses import asdict

import click

from handlers.conversations import ALL
from kernel.values import WorkspaceId
from relationships.answer_cards.counts import FEWEST, AnswerCounts, counted
from slackapp.background.retraining import desk_of
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.stored_data import known
from slackapp.commands.terminal import say, workspace_option
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.settings import Settings

FEW = f"fewer than {FEWEST}"


@click.command(epilog="Example: waymark answers --json")
@workspace_option("Only that of this workspace.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def answers(workspace: str | None, as_json: bool) -> None:
    """Count answer cards and the questions they answered, over those that are kept.

    A count of one to four is not told: it could be somebody.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    for here, counts in asyncio.run(_counted(given, workspace)):
        say(json.dumps({"workspace": here, **asdict(counts)}) if as_json else f"{here}: {sentence(counts)}")


def sentence(counts: AnswerCounts) -> str:
    """What is counted of one workspace."""
    cards, asked, shown, solved, wanted = (
        FEW if count is None else f"{count:,}"
        for count in (counts.cards, counts.asked, counts.shown, counts.solved, counts.wanted)
    )
    return (
        f"{cards} answers that can be found; {asked} questions asked. An answer was shown for "
        f"{shown}{_share(counts)}: it was enough for {solved}, and {wanted} still wanted a person."
    )


def _share(counts: AnswerCounts) -> str:
    return f" ({counts.shown / counts.asked:.1%})" if counts.shown and counts.asked else ""


async def _counted(given: Settings, workspace: str | None) -> list[tuple[WorkspaceId, AnswerCounts]]:
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    async with stored(given, clock, Tempo(), ALL) as stores:
        here = [WorkspaceId(workspace)] if workspace else await known(stores)
        desks = [desk_of(stores, each, manifest.topics, manifest.policy) for each in here]
        return [(desk.store.workspace, await counted(desk)) for desk in desks]
