"""Faults on demand: slow and lost answers, rate limits, errors, refusals, events twice or out of order."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, PrivateAttr

from playground.foundation.errors import ServerFailure, SlackError, TooManyCalls


class Fault(BaseModel):
    """What happens to the next *times* calls of a method; `*` stands for every method."""

    method: str = "*"
    times: int = Field(default=1, ge=0)


class RateLimit(Fault):
    """They are refused with 429."""

    retry_after: int = Field(default=1, ge=0)


class RefusalFault(BaseModel):
    """Calls of a method are answered with *code*: all, or those *about* a person or a conversation."""

    method: str
    code: str
    about: str = ""

    def meets(self, method: str, args: Mapping[str, Any]) -> bool:
        """Whether a call is refused."""
        named = (args.get("channel"), args.get("user"), args.get("users"))
        return self.method in ("*", method) and self.about in ("", *named)


class Faults(BaseModel):
    """What goes wrong at present."""

    slow_ms: int = Field(default=0, ge=0, le=60_000)
    limit: RateLimit | None = Field(default=None, alias="rate_limit")
    error: Fault | None = Field(default=None, alias="server_error")
    lost: Fault | None = Field(default=None, alias="lost_answer")
    repeat_events: bool = False
    late_ms: int = Field(default=0, ge=0, le=60_000)
    paced: bool = False
    no_agents: bool = False
    refusals: list[RefusalFault] = Field(default_factory=list)
    _posted: dict[str, float] = PrivateAttr(default_factory=dict)

    def slow(self, milliseconds: int) -> None:
        """Let every Web API answer take that much longer."""
        self.slow_ms = milliseconds

    def rate_limit(self, method: str = "*", times: int = 1, retry_after: int = 1) -> None:
        """Refuse the next *times* calls of *method* with 429 and Retry-After."""
        self.limit = RateLimit(method=method, times=times, retry_after=retry_after)

    def fail(self, method: str = "*", times: int = 1) -> None:
        """Answer the next *times* calls of *method* with 500."""
        self.error = Fault(method=method, times=times)

    def refuse(self, method: str, code: str, about: str = "") -> None:
        """Answer calls of *method* with a word of Slack's own, until the list of refusals is emptied."""
        self.refusals.append(RefusalFault(method=method, code=code, about=about))

    def check_refused(self, method: str, args: Mapping[str, Any]) -> None:
        """Raise Slack's word for a call that is refused."""
        for refusal in self.refusals:
            if refusal.meets(method, args):
                raise SlackError(refusal.code)

    def lose(self, method: str = "*", times: int = 1) -> None:
        """Do what the next *times* calls of *method* ask for, and never say so."""
        self.lost = Fault(method=method, times=times)

    def loses(self, method: str) -> bool:
        """Whether the answer to a call of *method* gets lost, and count it."""
        return _due(self.lost, method)

    def check(self, method: str) -> None:
        """Raise what is due for a call of *method*, and count it."""
        if _due(self.limit, method) and self.limit is not None:
            raise TooManyCalls(self.limit.retry_after)
        if _due(self.error, method):
            raise ServerFailure(method)

    def check_pace(self, channel: str, at: float) -> None:
        """With *paced* on, refuse a second post to a channel within a second; *at* in seconds."""
        if self.paced and at - self._posted.get(channel, at - 1) < 1:
            raise TooManyCalls(1)
        self._posted[channel] = at

    def report(self) -> dict[str, Any]:
        """What goes wrong at present, as the page shows it."""
        return self.model_dump(by_alias=True)


def _due(fault: Fault | None, method: str) -> bool:
    if fault is None or fault.times == 0 or fault.method not in ("*", method):
        return False
    # Counting down is what ends the fault.
    fault.times -= 1
    return True
