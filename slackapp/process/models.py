"""Loads the coaching model that the settings name, by its entry point, and watches it; without one, nothing.

What goes wrong with it is logged and counted: a person is only told that the script goes on.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points

import structlog

from coaching.guide.model import Access, Given, LanguageModel, ModelQuestion, R, S, Terms
from slackapp.process.errors import Stop
from slackapp.process.metrics import Metrics

GROUP = "waymark.models"
EXTRAS = {"openai": "ai", "anthropic": "anthropic"}
KEY, NAME = "look at WAYMARK_MODEL_KEY", "look at WAYMARK_MODEL and WAYMARK_MODEL_URL"
QUOTA = "the provider takes no more for now: look at your quota there"
CURES = {
    "status 401": KEY,
    "status 403": KEY,
    "status 404": NAME,
    "status 402": QUOTA,
    "status 429": QUOTA,
    "busy": "more people talk at once than it is asked for",
    "late": "raise WAYMARK_MODEL_SECONDS, or take a faster model",
    "unfit": "it does not keep to the rules of a turn; another model may",
}
_OTHER = "look at WAYMARK_MODEL_URL, and at the provider"
log = structlog.get_logger()


def cure(why: str) -> str:
    """What an operator can do where a model gave no usable answer."""
    return CURES.get(why, _OTHER)


@dataclass(frozen=True, slots=True)
class WatchedModel:
    """A model whose answers are counted, and whose failures are logged with what they may come from."""

    model: LanguageModel
    metrics: Metrics

    @property
    def terms(self) -> Terms:
        """What people agree to before their words go there."""
        return self.model.terms

    async def ask(self, question: ModelQuestion[S, R]) -> Given[R]:
        """Its answer, as it comes."""
        given = await self.model.ask(question)
        self.metrics.model_turns.labels(_outcome(given.why)).inc()
        if given.why:
            log.warning("the model gave no usable answer", why=given.why, cure=cure(given.why))
        return given


def _outcome(why: str) -> str:
    """One of the labels under which what came of a question is counted."""
    if not why or why in ("busy", "late", "unfit"):
        return why or "answered"
    return "refused" if why.startswith("status 4") else "failed"


@asynccontextmanager
async def opened(access: Access | None) -> AsyncIterator[LanguageModel | None]:
    """Give the model for as long as the block lasts, or None where none is configured."""
    if access is None:
        yield None
        return
    found = entry_points(group=GROUP, name=access.provider)
    try:
        open_model = next(iter(found)).load()
    except (StopIteration, ImportError) as error:
        extra = EXTRAS[access.provider]
        raise Stop(
            f"WAYMARK_MODEL needs more packages: install them with `pip install 'waymark[{extra}]'`."
        ) from error
    async with open_model(access) as model:
        yield model
