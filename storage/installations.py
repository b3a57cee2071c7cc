"""Slack's tokens per workspace, encrypted at rest."""

from cryptography.fernet import Fernet, InvalidToken
from pydantic import AwareDatetime, Field

from mentoring.values import Kept, PersonId, WorkspaceId
from storage.errors import WrongSecret
from storage.keys import keys_of
from storage.wire import Wire


class Installation(Kept):
    """What Slack gave when the app was installed in a workspace. The token never appears in a printout."""

    workspace: WorkspaceId
    bot_token: str = Field(repr=False)
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str] = frozenset()
    app_id: str = ""
    name: str = ""
    is_enterprise: bool = False
    enterprise_id: str | None = None
    installed_by: PersonId | None = None
    installed_at: AwareDatetime


class Installations:
    """The installations of all workspaces, under one secret key (a Fernet key)."""

    def __init__(self, wire: Wire, secret: str) -> None:
        self._wire = wire
        self._cipher = Fernet(secret)

    async def find(self, workspace: WorkspaceId) -> Installation | None:
        """Return a workspace's installation, or None; raise WrongSecret when another key encrypted it."""
        sealed = await self._wire.call("GET", keys_of(workspace).installation)
        if sealed is None:
            return None
        try:
            return Installation.model_validate_json(self._cipher.decrypt(sealed))
        except InvalidToken as error:
            raise WrongSecret(workspace) from error

    async def save(self, installation: Installation) -> None:
        """Keep an installation in the place of the one before."""
        # All of it is sealed, so that no later field can be forgotten.
        sealed = self._cipher.encrypt(installation.model_dump_json().encode()).decode()
        await self._wire.call("SET", keys_of(installation.workspace).installation, sealed)

    async def drop(self, workspace: WorkspaceId) -> None:
        """Forget a workspace's installation."""
        await self._wire.call("DEL", keys_of(workspace).installation)
