"""Leads a talk with a model where the person agreed to it, and with the guide wherever that does not work.

The fallback is here, below what shows the turn, so that the line that says who speaks is always true.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coaching import consent
from coaching.consent import Leave
from coaching.engine import next_reply
from coaching.known_names import KnownNames
from coaching.model import Model, Question, R, S
from coaching.model_plan import plan_question
from coaching.model_turn import is_for_a_model, turn_question
from coaching.other_side import is_played, line_question
from coaching.talk import Talk
from coaching.turn import Plan, Reply, StandsIn
from mentoring.desk import Desk


class Thinking(Protocol):
    """Whatever tells a person that their answer is being thought about."""

    def shown(self, desk: Desk, talk: Talk, /) -> AbstractAsyncContextManager[None]:
        """Tell it for as long as the block lasts; never fails."""


class Coaches:
    """Leads the talks of all workspaces with one model."""

    def __init__(self, model: Model, thinking: Thinking) -> None:
        self._model, self._names, self._thinking = model, KnownNames(), thinking

    def at(self, desk: Desk, now: datetime) -> "Coach":
        """Return the engine for a workspace, now."""
        return Coach(desk, self._model, self._names, self._thinking, now)


@dataclass(frozen=True, slots=True)
class Coach:
    """An engine for one workspace at one moment: a model, and the guide behind it."""

    desk: Desk
    model: Model
    names: KnownNames
    thinking: Thinking
    now: datetime

    async def next_turn(self, talk: Talk) -> Reply | None:
        """Return the model's next turn, or the guide's with the reason why it stands in."""
        scripted = await asyncio.to_thread(next_reply, talk)
        if scripted is None:
            return None
        why = await self._obstacle(talk)
        if why == "not_agreed":
            return scripted
        if why is not None:
            return _standing_in(scripted, why)
        names = await self.names.of(self.desk, self.now)
        by = self.model.terms.model
        async with self.thinking.shown(self.desk, talk):
            if is_played(talk, scripted):
                line = await asyncio.to_thread(line_question, talk, scripted, names, by)
                said = await self._answer(talk, line)
            else:
                turn = await asyncio.to_thread(turn_question, talk, scripted, names, by)
                said = await self._answer(talk, turn)
        return said or _standing_in(scripted, "failed")

    async def plan(self, talk: Talk) -> Plan | None:
        """Return actions made of what a talk came to, or None where a model may not or cannot write them."""
        outcome = await asyncio.to_thread(lambda: talk.outcome)
        if not outcome.step or await self._obstacle(talk) is not None:
            return None
        names, by = await self.names.of(self.desk, self.now), self.model.terms.model
        question = await asyncio.to_thread(plan_question, talk, self.now.date(), names, by)
        return await self._answer(talk, question)

    async def _obstacle(self, talk: Talk) -> StandsIn | Leave | None:
        """Return why a model must not be asked, or None with one more turn of today counted."""
        told = await consent.of(self.desk, talk.person_id)
        if not consent.is_allowed(self.desk.policy) or not told.leads(talk, self.model.terms):
            return "not_agreed"
        if not await asyncio.to_thread(is_for_a_model, talk):
            return "careful"
        leave = await consent.reserve(self.desk, talk.person_id, self.model.terms, self.now.date())
        return None if leave == "granted" else leave

    async def _answer(self, talk: Talk, question: Question[S, R]) -> R | None:
        """Return a model's answer, and keep what was sent; none once the person took back their yes."""
        given = await self.model.ask(question)
        agreed = await consent.record(self.desk, talk.person_id, self.model.terms, given.sent, self.now)
        return given.answer if agreed else None


def _standing_in(scripted: Reply, why: StandsIn | Leave) -> Reply:
    return scripted.model_copy(update={"stands_in": why})
