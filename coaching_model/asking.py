"""Asks a model through pydantic-ai: one run, one more try where shape or content is wrong, no tools."""

import asyncio
from dataclasses import dataclass
from typing import Any

from pydantic_ai import Agent, ModelRetry
from pydantic_ai.exceptions import ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.models import Model as ProviderModel
from pydantic_ai.settings import ModelSettings

from coaching.guide.model import Access, Given, ModelQuestion, R, S, Terms, Unfit
from coaching_model.wire import SENT

AT_ONCE = 8  # of this process: a provider that hangs must not hold up everything else
TRIES_AGAIN = 1
SETTINGS = ModelSettings(max_tokens=900)


@dataclass(frozen=True, slots=True)
class Asking:
    """A model behind the port. *places* are the questions that may be under way."""

    terms: Terms
    model: ProviderModel[Any]
    places: asyncio.Semaphore
    seconds: float

    async def ask(self, question: ModelQuestion[S, R]) -> Given[R]:
        """The checked answer, or what went wrong, within so many seconds."""
        if self.places.locked():
            return Given(None, why="busy")
        sent: list[str] = []
        SENT.set(sent)
        async with self.places:
            try:
                async with asyncio.timeout(self.seconds):
                    run = await self._run(question)
            except Exception as error:  # a provider fails in ways that no list holds; the guide then speaks
                return Given(None, tuple(sent), _why(error))
        return Given(run, tuple(sent))

    async def _run(self, question: ModelQuestion[S, R]) -> R:
        def fit(answer: S) -> R:
            try:
                return question.fit(answer)
            except Unfit as problem:
                raise ModelRetry(str(problem)) from problem

        fit.__annotations__["answer"] = question.shape
        agent = Agent(
            self.model, output_type=fit, instructions=question.instructions, retries=TRIES_AGAIN, name="coach"
        )
        return (await agent.run(question.data, model_settings=SETTINGS)).output


def _why(error: Exception) -> str:
    if isinstance(error, ModelHTTPError):
        return f"status {error.status_code}"
    if isinstance(error, UnexpectedModelBehavior):
        return "unfit"
    name = type(error).__name__
    return "late" if "Timeout" in name else name


def asking(access: Access, model: ProviderModel[Any]) -> Asking:
    """The port's end for a provider's model."""
    return Asking(access.terms, model, asyncio.Semaphore(AT_ONCE), access.seconds)
