"""Slack being away from a workspace: one delivery at a time finds out whether it is back, the others wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from kernel.values import WorkspaceId

QUIET = 60.0
LONGEST_CALL = 20.0
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


@dataclass(slots=True)
class Outage:
    """Since when Slack has not answered, and when it is tried again; both on the clock of *tick*."""

    since: float
    next_try: float


@dataclass(slots=True)
class Outages:
    """What this process has seen of Slack's answers, per workspace; all times are in seconds of *tick*.

    A call that fails while others succeed is no outage: one begins when nothing was answered for *quiet*
    seconds.
    """

    quiet: float = QUIET
    tick: Callable[[], float] = monotonic
    _answered: dict[WorkspaceId, float] = field(default_factory=dict)
    _away: dict[WorkspaceId, Outage] = field(default_factory=dict)
    _back: set[WorkspaceId] = field(default_factory=set)

    def holds(self, workspace: WorkspaceId) -> bool:
        """Whether a delivery has to wait; the first one after each pause may try."""
        outage, now = self._away.get(workspace), self.tick()
        if outage is None:
            return False
        if now < outage.next_try:
            return True
        outage.next_try = now + LONGEST_CALL
        return False

    def failed(self, workspace: WorkspaceId) -> None:
        """Take note that Slack did not answer."""
        now = self.tick()
        if now - self._answered.get(workspace, float("-inf")) >= self.quiet:
            outage = self._away.setdefault(workspace, Outage(now, now))
            outage.next_try = now + min(max(now - outage.since, SHORTEST_PAUSE), LONGEST_PAUSE)

    def answered(self, workspace: WorkspaceId) -> None:
        """Take note that Slack answered."""
        self._answered[workspace] = self.tick()
        if self._away.pop(workspace, None):
            self._back.add(workspace)

    def pause(self, workspace: WorkspaceId) -> float | None:
        """The seconds until Slack is tried again, None where there is no outage."""
        outage = self._away.get(workspace)
        return None if outage is None else max(outage.next_try - self.tick(), 0.0)

    @property
    def is_everywhere(self) -> bool:
        """Whether Slack is away, and has answered for no workspace since that began."""
        latest = max(self._answered.values(), default=float("-inf"))
        return any(outage.since > latest for outage in self._away.values())

    def is_over(self, workspace: WorkspaceId) -> bool:
        """Whether an outage has ended since this was last asked."""
        is_back = workspace in self._back
        self._back.discard(workspace)
        return is_back
