"""What the commands look at: the workspace that is meant, with Slack at hand or without it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.values import WorkspaceId
from mentoring.admins.member_list import READ_MEMBERS
from mentoring.model.learned import RELEARN
from slackapp.background.retraining import desk_of
from slackapp.bootstrap.foundation import Tempo, installed, stored
from slackapp.manifest.file import ManifestFile
from slackapp.manifest.manifest import Manifest
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop
from slackapp.process.settings import Settings
from slackapp.workspaces.experience import Experiences
from slackapp.workspaces.slack_calls import web_client, web_session
from slackapp.workspaces.workspaces import AppStores, Place, Workspaces


@asynccontextmanager
async def place_in_slack(
    given: Settings, workspace: str | None, manifest: ManifestFile, clock: Clock
) -> AsyncIterator[Place]:
    """Yield the workspace that is meant, with Slack at hand."""
    async with stored(given, clock, Tempo(), ALL) as stores, web_session() as session:
        client = partial(web_client, session, given.api_url)
        find, here = await installed(given, client, stores, clock, pauses=())
        chosen = WorkspaceId(workspace) if workspace else here.workspace if here else None
        if chosen is None:
            raise Stop("Several workspaces may have installed the app: name one with --workspace.")
        yield await Workspaces(stores, find, manifest, client, clock).at(chosen)


async def desk_without_slack(stores: AppStores, workspace: str | None, manifest: Manifest) -> Desk:
    """The desk of the workspace that is meant, for reading; nobody is looked up in Slack."""
    id = WorkspaceId(workspace) if workspace else await _only(stores)
    desk = desk_of(stores, id, manifest.topics, manifest.policy)
    if not await desk.store.count("people"):
        raise Stop(f"Nobody of {id} has used the app here: check --workspace and WAYMARK_DATA_DIR.")
    return replace(desk, experience=Experiences().of(id))


async def known(stores: AppStores) -> list[WorkspaceId]:
    """Where the app is: where it is installed, and where a bot token alone has it work."""
    read, learned = [await stores.agenda.planned(kind) for kind in (READ_MEMBERS, RELEARN)]
    return sorted({*read, *learned, *await stores.installations.workspaces()})


async def _only(stores: AppStores) -> WorkspaceId:
    found = await known(stores)
    if not found:
        raise Stop("The app has not run here yet: check REDIS_URL, or WAYMARK_DATA_DIR.")
    if len(found) > 1:
        raise Stop(f"Which workspace is meant? Name one with --workspace: {', '.join(found)}.")
    return found[0]
