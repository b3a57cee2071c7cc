"""The workspaces the app is installed in, and what it works with in each: a desk and a client."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from kernel.desk import Desk
from kernel.errors import LockedOut, NotInstalled
from kernel.features import Features
from kernel.presence import Presence
from kernel.values import WorkspaceId
from matching.ranking.index import HelperIndex
from mentoring.model.load import Load
from mentoring.model.person import Person
from slackapp.manifest.file import ManifestFile
from slackapp.process.clock import Clock
from slackapp.workspaces.experience import Experiences, WorkspaceExperience
from slackapp.workspaces.presence import SlackPresence
from storage import Directories, Installation, Roster, Seal, Stores, WrongSecret

log = structlog.get_logger()

KEPT = 512
NO_FEATURES = Features(())
AppStores = Stores[Person, Load]
Find = Callable[[WorkspaceId], Awaitable[Installation | None]]
ROSTER = Roster(Person, Load, lambda person, load: person.as_helper(load) if person.is_helper else None)


@dataclass(frozen=True, slots=True)
class Place:
    """One workspace as this process works in it."""

    workspace: WorkspaceId
    installation: Installation
    client: AsyncWebClient
    desk: Desk


@dataclass(frozen=True, slots=True)
class WorkspaceHelpers:
    """The helpers of one workspace, by whichever index of them is in memory when they are asked for."""

    directory: Directories[Person, Load]
    workspace: WorkspaceId

    async def index(self) -> HelperIndex:
        """The helpers as they are now."""
        return await self.directory.index(self.workspace)


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
        *,
        features: Features = NO_FEATURES,
    ) -> None:
        self._stores, self._find, self._steering = stores, find, steering
        self._client, self._clock = client, clock
        self._features = features
        self._places: OrderedDict[WorkspaceId, Place] = OrderedDict()
        self._experiences = Experiences()
        self._locked: set[WorkspaceId] = set()
        self._has_opened = False
        stores.departed = self.forget

    @property
    def is_locked_out(self) -> bool:
        """Whether tokens are stored, and none was found so far that a key of this process opens."""
        return bool(self._locked) and not self._has_opened

    async def at(self, workspace: WorkspaceId) -> Place:
        """A workspace with the topics and policy of this moment; raise NotInstalled or LockedOut."""
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

    async def try_keys(self) -> None:
        """Try every stored token, so that a wrong key is known before anybody asks for help."""
        closed = []
        async for each in self._stores.installations.stored():
            if each.seal is Seal.NONE:
                closed.append(each.workspace)
            else:
                self._has_opened = True
        self._lock(closed)

    def _lock(self, workspaces: Sequence[WorkspaceId]) -> None:
        """Note that no key opens the tokens of these; the log names each once."""
        if new := [each for each in workspaces if each not in self._locked]:
            self._locked.update(new)
            log.error("no key in WAYMARK_SECRET_KEY opens these tokens", workspaces=new)

    async def _open(self, workspace: WorkspaceId) -> Place:
        try:
            installation = await self._find(workspace)
        except WrongSecret as error:
            self._lock([workspace])
            raise LockedOut(workspace) from error
        if installation is None:
            raise NotInstalled(workspace)
        self._has_opened = True
        self._locked.discard(workspace)
        client = self._client(installation.bot_token)
        desk = self._desk(workspace, SlackPresence(client, self._clock.now))
        return Place(workspace, installation, client, desk)

    def _desk(self, workspace: WorkspaceId, presence: Presence) -> Desk:
        return Desk(
            store=self._stores.of(workspace),
            topics=self._steering.manifest.topics,
            policy=self._steering.manifest.policy,
            directory=WorkspaceHelpers(self._stores.directory, workspace),
            presence=presence,
            experience=WorkspaceExperience(self._experiences, workspace),
            templates=self._steering.manifest.sprints,
            belongings=self._features.belongings,
            ties=self._features.ties,
            first_looks=self._features.first_looks,
            separations=self._features.separations,
            departures=self._features.departures,
        )
