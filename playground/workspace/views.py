"""Modals and Home tabs: the views that the app opened, and what people filled in."""

from typing import Any

from pydantic import Field

from playground.workspace.messages import APP_ID, BOT_ID, spoken
from playground.workspace.people import TEAM_ID, PlaygroundValue
from playground.workspace.view_state import Blocks, Values, carried

GIVEN = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id")
SWITCHES = ("clear_on_close", "notify_on_close")


class OpenView(PlaygroundValue):
    """A view that *user* has before them. *body* is what the app gave; *hash* changes with every update."""

    id: str
    user: str
    hash: str
    body: dict[str, Any]
    values: Values = Field(default_factory=dict)
    root_view_id: str
    previous_view_id: str | None = None

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.body["type"])

    @property
    def blocks(self) -> Blocks:
        """The blocks, ids filled in."""
        return list(self.body["blocks"])

    @property
    def callback_id(self) -> str:
        """The app's name for the kind of view."""
        return str(self.body.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        """The app's own id of this one view."""
        return str(self.body.get("external_id") or "")

    @property
    def private_metadata(self) -> str:
        """What the app keeps in the view, unseen."""
        return str(self.body.get("private_metadata") or "")

    @property
    def title(self) -> str:
        """The words at the top of a modal."""
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def words(self) -> str:
        """Every visible word."""
        return "\n".join(spoken(self.body))

    def updated(self, body: dict[str, Any], fresh_hash: str) -> "OpenView":
        """The view with a new body; what was filled in stays where the ids stay."""
        return self.changed(body=body, hash=fresh_hash, values=carried(body["blocks"], self.values))

    def payload(self) -> dict[str, Any]:
        """Slack's view object."""
        given = {key: self.body.get(key) for key in GIVEN}
        texts = {key: given[key] or "" for key in ("private_metadata", "callback_id", "external_id")}
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            **given,
            **texts,
            **{key: bool(self.body.get(key)) for key in SWITCHES},
            "state": {"values": self.values},
            "hash": self.hash,
            "previous_view_id": self.previous_view_id,
            "root_view_id": self.root_view_id,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }
