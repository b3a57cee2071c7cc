"""What listeners find in Bolt's context by name: *call* for commands and shortcuts, *press* for buttons.

*ask_words* are what can be typed after `/ask-mentor`, *threads* those in which a message reaches a feature.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from handlers.block_kit import refusals
from handlers.block_kit.refusals import Sentences
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.screening import UNSCREENED
from handlers.interactions.sub_words import SubWords
from handlers.interactions.threads import Threads

if TYPE_CHECKING:
    from slack_bolt.context.async_context import AsyncBoltContext

_COMMON = ("desk", "me", "now")


class ContextProvider:
    """Puts into the context of each interaction what its listener needs, and *sentences* before refusals."""

    def __init__(self, ask_words: SubWords, threads: Threads, sentences: Sentences) -> None:
        self._ask_words, self._threads, self._sentences = ask_words, threads, sentences

    async def provide(
        self, context: "AsyncBoltContext", body: dict[str, Any], next: Callable[[], Awaitable[Any]]
    ) -> None:
        """Go on with a context that holds the interaction as one value."""
        refusals.speak(self._sentences)
        context["ask_words"], context["threads"] = self._ask_words, self._threads
        if all(name in context for name in _COMMON):
            desk, me, now = (context[name] for name in _COMMON)
            terms = context.get("terms")
            screening = context.get("screening", UNSCREENED)
            context["call"] = Call(body, context.ack, context.client, desk, me, now, terms, screening)
            context["press"] = Press(body, context.ack, context.client, context.respond, desk, me, now, terms)
        await next()
