"""What the parts of one process share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coaching.guide.model import Terms

if TYPE_CHECKING:
    from handlers.conversations import Conversations
from slackapp.process.clock import Clock
from slackapp.process.metrics import Metrics
from slackapp.workspaces.workspaces import AppStores, Workspaces


@dataclass(frozen=True, slots=True)
class Worker:
    """One process of the app. *name* is how its work in progress is known in the queues.

    *terms* are those of the coaching model, where there is one. *conversations* are the features it serves.
    """

    name: str
    stores: AppStores
    workspaces: Workspaces
    clock: Clock
    metrics: Metrics
    conversations: "Conversations"
    terms: Terms | None = None
