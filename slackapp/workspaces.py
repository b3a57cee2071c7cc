"""The workspaces the app is installed in, and what it works with in each: a desk and a client."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from matching.index import HelperIndex
from matching.ranking import Model
from matching.topic_model import TopicModel
from mentoring.desk import Desk, Presence
from mentoring.load import Load
from mentoring.person import Person
from mentoring.values import WorkspaceId
from slackapp.clock import Clock
from slackapp.errors import NotInstalled
from slackapp.experience import Experiences
from slackapp.manifest_file import ManifestFile
from slackapp.presence import SlackPresence
from storage import Directory, Installation, Roster, Stores

KEPT = 512
AppStores = Stores[Person, Load]
Find = Callable[[WorkspaceId], Awaitable[Installation | None]]
ROSTER = Roster(Person, Load, lambda person, load: person.as_helper(load) if person.is_helper else None)


@dataclass(frozen=True, slots=True)
class Place:
    """One workspace as this process works in it."""

    workspace: WorkspaceId
    installation: Installation
    client: AsyncWebClient
    presence: Presence
    desk: Desk


@dataclass(frozen=True, slots=True)
class Helpers:
    """The helpers of one workspace: storage's directory, narrowed to it."""

    directory: Directory[Person, Load]
    workspace: WorkspaceId

    async def index(self) -> HelperIndex:
        """Return the helpers as they are now."""
        return await self.directory.index(self.workspace)


@dataclass(frozen=True, slots=True)
class Lived:
    """What one workspace has learned: this process's experiences, narrowed to it."""

    experiences: Experiences
    workspace: WorkspaceId

    @property
    def topics(self) -> TopicModel | None:
        """Return how topics are found in words, as far as this process has read it."""
        return self.experiences.of(self.workspace).topics

    async def model(self, desk: Desk, now: datetime) -> Model:
        """Return how to rank, up to date."""
        return await self.experiences.of(self.workspace).model(desk, now)


class Workspaces:
    """Opens a Place per workspace and keeps the latest used.

    *find* says where the app is installed; *client* makes a client of a token.
    """

    def __init__(
        self,
        stores: AppStores,
        find: Find,
        steering: ManifestFile,
        client: Callable[[str], AsyncWebClient],
        clock: Clock,
    ) -> None:
        self._stores, self._find, self._steering = stores, find, steering
        self._client, self._clock = client, clock
        self._places: OrderedDict[WorkspaceId, Place] = OrderedDict()
        self._experiences = Experiences()

    async def at(self, workspace: WorkspaceId) -> Place:
        """Return a workspace with the topics and policy of this moment, or raise NotInstalled."""
        place = self._places.get(workspace) or await self._open(workspace)
        self._places[workspace] = place
        self._places.move_to_end(workspace)
        if len(self._places) > KEPT:
            self._places.popitem(last=False)
        steered = self._steering.manifest
        if place.desk.topics is not steered.topics or place.desk.policy is not steered.policy:
            desk = replace(
                place.desk, topics=steered.topics, policy=steered.policy, templates=steered.sprints
            )
            place = self._places[workspace] = replace(place, desk=desk)
        return place

    def forget(self, workspace: WorkspaceId) -> None:
        """Look the installation up again at the next use."""
        self._places.pop(workspace, None)
        self._experiences.forget(workspace)

    async def _open(self, workspace: WorkspaceId) -> Place:
        installation = await self._find(workspace)
        if installation is None:
            raise NotInstalled(workspace)
        client = self._client(installation.bot_token)
        presence = SlackPresence(client, self._clock.now)
        return Place(workspace, installation, client, presence, self._desk(workspace, presence))

    def _desk(self, workspace: WorkspaceId, presence: Presence) -> Desk:
        return Desk(
            store=self._stores.of(workspace),
            topics=self._steering.manifest.topics,
            policy=self._steering.manifest.policy,
            directory=Helpers(self._stores.directory, workspace),
            presence=presence,
            experience=Lived(self._experiences, workspace),
            templates=self._steering.manifest.sprints,
        )
