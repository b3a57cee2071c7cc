"""What the parts of one process share."""

from dataclasses import dataclass

from coaching.guide.model import Terms
from handlers.conversations import ALL, Conversations
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
    terms: Terms | None = None
    conversations: Conversations = ALL
