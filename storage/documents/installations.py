"""Where the app is installed: since when, and with which tokens of Slack's, encrypted at rest."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import AwareDatetime, Field

from kernel.values import Kept, PersonId, WorkspaceId
from storage.connection.errors import InstalledSince, WrongSecret
from storage.connection.keys import ALL_INSTALLATIONS, WORKSPACE, keys_of, owner_of_installation
from storage.connection.scripts import script
from storage.connection.timestamps import micros, moment
from storage.connection.wire import Wire

HERE, LEFT = "here", "left"
INSTALLING = WorkspaceId("installing")
SLICE = 500


class Installation(Kept):
    """What Slack gave when the app was installed in a workspace. The token never appears in a printout.

    *scopes* are None where Slack did not say which were granted.
    """

    workspace: WorkspaceId
    bot_token: str = Field(repr=False)
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str] | None = None
    app_id: str = ""
    name: str = ""
    is_enterprise: bool = False
    enterprise_id: str | None = None
    installed_by: PersonId | None = None
    installed_at: AwareDatetime


class Seal(StrEnum):
    """Which of the secret keys opens an installation."""

    FIRST = "first"
    OLDER = "older"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored installation: which key opens it, and what is inside when one does."""

    workspace: WorkspaceId
    seal: Seal
    installation: Installation | None


def keys_in(secret: str) -> list[str]:
    """The Fernet keys of a list, between commas or spaces: the first encrypts, all decrypt."""
    return [key for key in re.split(r"[\s,]+", secret) if key]


class Installations:
    """The installations of all workspaces, under the secret keys of a list: see `keys_in`."""

    def __init__(self, wire: Wire, secret: str) -> None:
        self._wire = wire
        self._ciphers = [Fernet(key) for key in keys_in(secret)]
        self._cipher = MultiFernet(self._ciphers)

    async def find(self, workspace: WorkspaceId) -> Installation | None:
        """A workspace's installation, or None; raise WrongSecret when no key of ours opens it.

        What is no id of a workspace has none: requests may name anything.
        """
        if not WORKSPACE.fullmatch(workspace):
            return None
        sealed = await self._wire.call("GET", keys_of(workspace).installation)
        return None if sealed is None else self._opened(workspace, sealed)

    async def save(self, installation: Installation) -> None:
        """Keep an installation in the place of the one before; from now on the workspace is written in."""
        # All of it is sealed, so that no later field can be forgotten.
        sealed = self._cipher.encrypt(installation.model_dump_json().encode()).decode()
        at, since = keys_of(installation.workspace), _here_since(installation.installed_at)
        await self._wire.call("MSET", at.installation, sealed, at.stay, since)

    async def arrive(self, workspace: WorkspaceId, now: datetime) -> None:
        """Note that Slack takes the app's token for a workspace now, where the token is kept elsewhere."""
        await self._wire.call("SET", keys_of(workspace).stay, _here_since(now))

    async def has_left(self, workspace: WorkspaceId) -> bool:
        """Whether the app was removed from a workspace, and not installed again since."""
        return bool(await self._wire.call("GET", keys_of(workspace).stay) == LEFT)

    async def drop(self, workspace: WorkspaceId, left_at: datetime | None = None) -> None:
        """Forget a workspace's installation, and write nothing there from now on.

        Raise InstalledSince, and change nothing, when it was installed after *left_at*.
        """
        at = keys_of(workspace)
        is_done = False
        while not is_done:
            stay, sealed = await self._wire.call("MGET", at.stay, at.installation)
            since = self._since(workspace, stay, sealed)
            if left_at is not None and since is not None and left_at < since:
                raise InstalledSince(workspace)
            is_done = await self._wire.run(script("leave"), [at.stay, at.installation], [stay or ""])

    async def is_first(self, name: str, seconds: int) -> bool:
        """Whether a step of an installation is taken for the first time within so many seconds.

        Where Redis's answer was lost it counts as taken: then the installation is begun anew.
        """
        key = keys_of(INSTALLING).once(name)
        return bool(await self._wire.call("SET", key, "1", "NX", "EX", seconds))

    async def workspaces(self) -> list[WorkspaceId]:
        """The workspaces of which an installation is stored; goes through every key there is."""
        found = map(owner_of_installation, await self._wire.find(ALL_INSTALLATIONS))
        return sorted({workspace for workspace in found if workspace})

    async def stored(self) -> AsyncIterator[Stored]:
        """Yield every stored installation, with which key opens it."""
        everywhere = await self.workspaces()
        for start in range(0, len(everywhere), SLICE):
            some = everywhere[start : start + SLICE]
            values = await self._wire.calls([("GET", keys_of(each).installation) for each in some])
            for workspace, sealed in zip(some, values, strict=True):
                if sealed is not None:
                    yield self._looked_at(workspace, sealed)

    async def reseal(self, workspace: WorkspaceId) -> Seal | None:
        """Encrypt an installation anew under the first key; return which key opened it, None without one.

        Safe beside running workers: what is installed or removed meanwhile stays as it then is.
        """
        name = keys_of(workspace).installation
        while (sealed := await self._wire.call("GET", name)) is not None:
            seal = self._seal_of(sealed)
            if seal is not Seal.OLDER:
                return seal
            if await self._wire.run(script("reseal"), [name], [sealed, self._cipher.rotate(sealed).decode()]):
                return seal
        return None

    def _looked_at(self, workspace: WorkspaceId, sealed: str) -> Stored:
        seal = self._seal_of(sealed)
        return Stored(workspace, seal, None if seal is Seal.NONE else self._opened(workspace, sealed))

    def _seal_of(self, sealed: str) -> Seal:
        opened = next((number for number, cipher in enumerate(self._ciphers) if _opens(cipher, sealed)), None)
        return Seal.NONE if opened is None else Seal.OLDER if opened else Seal.FIRST

    def _opened(self, workspace: WorkspaceId, sealed: str) -> Installation:
        try:
            return Installation.model_validate_json(self._cipher.decrypt(sealed))
        except InvalidToken as error:
            raise WrongSecret(workspace) from error

    def _since(self, workspace: WorkspaceId, stay: str | None, sealed: str | None) -> datetime | None:
        """When the app was installed; None where that is unknown, or over."""
        word, _, since = (stay or "").partition(" ")
        if word == HERE:
            return moment(int(since))
        # An earlier release wrote no more than the installation.
        try:
            return self._opened(workspace, sealed).installed_at if sealed else None
        except WrongSecret:
            return None


def _here_since(now: datetime) -> str:
    return f"{HERE} {micros(now)}"


def _opens(cipher: Fernet, sealed: str) -> bool:
    try:
        cipher.decrypt(sealed)
    except InvalidToken:
        return False
    return True
