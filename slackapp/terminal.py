"""What the commands share: a refusal as one sentence, a progress bar, and which workspace is meant."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

import click

from mentoring.desk import Desk
from mentoring.errors import LockedOut, NotInstalled
from mentoring.learning import RELEARN
from mentoring.values import WorkspaceId
from slackapp.errors import Stop
from slackapp.experience import Experiences
from slackapp.key_rotation import locked_out
from slackapp.manifest import Manifest
from slackapp.relearning import desk_of
from slackapp.workspaces import AppStores
from storage import StorageError


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what stops the program into one sentence and exit code 2."""
    try:
        yield
    except (Stop, StorageError) as stop:
        _end(str(stop))
    except NotInstalled as no:
        _end(f"Waymark is not installed in {no} (any more), so nothing was changed there.")
    except LockedOut as no:
        _end(locked_out([str(no)]))


def _end(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def bar(label: str, length: int, hidden: bool) -> Any:
    """Return a progress bar on the error stream."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)


async def desk_without_slack(stores: AppStores, workspace: str | None, manifest: Manifest) -> Desk:
    """Return the desk of the workspace that is meant, for reading; nobody is looked up in Slack."""
    id = WorkspaceId(workspace) if workspace else await _only(stores)
    desk = desk_of(stores, id, manifest.topics, manifest.policy)
    if not await desk.store.count("people"):
        raise Stop(f"Nobody of {id} has used the app here: check --workspace and WAYMARK_DATA_DIR.")
    return replace(desk, experience=Experiences().of(id))


async def _only(stores: AppStores) -> WorkspaceId:
    """Return the one workspace in which talks have ended, where there is one."""
    found = await stores.agenda.planned(RELEARN)
    if len(found) != 1:
        raise Stop("Which workspace is meant? Name it with --workspace: its id begins with T.")
    return found[0]
