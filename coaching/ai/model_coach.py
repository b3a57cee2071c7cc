"""Leads a guided talk with a model where the person agreed, and with the guide wherever that does not work.

The fallback is here, below what shows the turn, so that the line that says who speaks is always true.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from coaching.ai.known_names import KnownNames
from coaching.ai.model_plan import plan_question
from coaching.ai.model_turn import is_for_a_model, turn_question
from coaching.ai.role_play import is_played, line_question
from coaching.guide import consent
from coaching.guide.consent import Leave
from coaching.guide.engine import next_reply
from coaching.guide.model import LanguageModel, ModelQuestion, R, S
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import ActionPlan, Reply, StandsIn
from kernel.desk import Desk
from mentoring.admins import member_list
from sensing.privacy.masking import Names

IN_A_ROW = 3  # failures of a provider after which nobody waits for it
RESTS = timedelta(minutes=1)
ANSWERED = ("", "unfit")  # by the provider, whether or not it can be shown


class Outage:
    """Whether a provider fails again and again, so that talks go on without waiting for it, for a while."""

    def __init__(self) -> None:
        self._failures, self._since = 0, datetime.min.replace(tzinfo=UTC)

    def note(self, why: str, now: datetime) -> None:
        """Take down what came of a question; an answer ends it, and one that was not asked says nothing."""
        if why != "busy":
            self._failures = 0 if why in ANSWERED else self._failures + 1
            self._since = now

    def lasts(self, now: datetime) -> bool:
        """Whether not to ask; after a while one question tries anew."""
        return self._failures >= IN_A_ROW and now < self._since + RESTS


class ThinkingStatus(Protocol):
    """Whatever tells a person that their answer is being thought about."""

    def shown(self, desk: Desk, talk: GuidedTalk, /) -> AbstractAsyncContextManager[None]:
        """Tell it for as long as the block lasts; never fails."""


class Coaches:
    """Leads the guided talks of all workspaces with one model."""

    def __init__(self, model: LanguageModel, thinking: ThinkingStatus) -> None:
        self._model, self._names, self._thinking, self._outage = model, KnownNames(), thinking, Outage()

    def at(self, desk: Desk, now: datetime) -> "Coach":
        """The engine for a workspace, now."""
        return Coach(desk, self._model, self._names, self._thinking, self._outage, now)


@dataclass(frozen=True, slots=True)
class Coach:
    """An engine for one workspace at one moment: a model, and the guide behind it."""

    desk: Desk
    model: LanguageModel
    names: KnownNames
    thinking: ThinkingStatus
    outage: Outage
    now: datetime

    async def next_turn(self, talk: GuidedTalk) -> Reply | None:
        """The model's next turn, or the guide's with the reason why it stands in."""
        scripted = await asyncio.to_thread(next_reply, talk)
        if scripted is None:
            return None
        names = await self._cleared(talk)
        if names == "not_agreed":
            return scripted
        if isinstance(names, str):
            return _standing_in(scripted, names)
        async with self.thinking.shown(self.desk, talk):
            said = await self._said(talk, scripted, names)
        return said or _standing_in(scripted, "failed")

    async def plan(self, talk: GuidedTalk) -> ActionPlan | None:
        """Actions made of what a guided talk came to, or None where a model may not or cannot write them."""
        outcome = await asyncio.to_thread(lambda: talk.outcome)
        if not outcome.step:
            return None
        names = await self._cleared(talk)
        if isinstance(names, str):
            return None
        by = self.model.terms.model
        question = await asyncio.to_thread(plan_question, talk, self.now.date(), names, by)
        return await self._answer(talk, question)

    async def _said(self, talk: GuidedTalk, scripted: Reply, names: Names) -> Reply | None:
        """The model's next turn. It is masked beside the event loop, since a guided talk may be long."""
        by = self.model.terms.model
        if is_played(talk, scripted):
            line = await asyncio.to_thread(line_question, talk, scripted, names, by)
            return await self._answer(talk, line)
        turn = await asyncio.to_thread(turn_question, talk, scripted, names, by)
        return await self._answer(talk, turn)

    async def _cleared(self, talk: GuidedTalk) -> Names | StandsIn | Leave:
        """What to hide, with one more turn of today counted, or why a model must not be asked."""
        told = await consent.of(self.desk, talk.person_id)
        if not consent.is_allowed(self.desk.policy) or not told.leads(talk, self.model.terms):
            return "not_agreed"
        if not await asyncio.to_thread(is_for_a_model, talk):
            return "careful"
        if self.outage.lasts(self.now):
            return "away"
        listed = await member_list.want(self.desk, self.now)
        names = await self.names.of(self.desk, listed, self.now)
        if names is None:
            return "unready"
        today = self.now.astimezone(ZoneInfo(listed.zone)).date()
        leave = await consent.reserve(self.desk, talk.person_id, self.model.terms, today)
        return names if leave == "granted" else leave

    async def _answer(self, talk: GuidedTalk, question: ModelQuestion[S, R]) -> R | None:
        """A model's answer, and keep what was sent; none once the person took back their yes."""
        given = await self.model.ask(question)
        self.outage.note(given.why, self.now)
        agreed = await consent.record(self.desk, talk.person_id, self.model.terms, given.sent, self.now)
        return given.answer if agreed else None


def _standing_in(scripted: Reply, why: StandsIn | Leave) -> Reply:
    return scripted.model_copy(update={"stands_in": why})
