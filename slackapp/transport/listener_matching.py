"""Finds the listener of a request without Bolt's preparations for each of some four hundred.

Bolt makes thirty arguments of the request for every matcher it asks; its own matchers take the body alone.
Asked with no more than that, all of them take a fifth of the time, which is part of every press of a button.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener_matcher.async_builtins import AsyncBuiltinListenerMatcher
from slack_bolt.listener_matcher.async_listener_matcher import AsyncListenerMatcher
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

Matches = Callable[[dict[str, Any]], Awaitable[bool]]


class OfBody(AsyncListenerMatcher):
    """Matches as one of Bolt's own matchers does, which looks at nothing but the body."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches

    async def async_matches(self, req: AsyncBoltRequest, resp: BoltResponse) -> bool:
        """Whether the request is for the listener."""
        return await self._matches(req.body)


def quicken(app: AsyncApp) -> None:
    """Ask Bolt's own matchers of all listeners that are registered by now with the body alone."""
    for listener in app._async_listeners:
        listener.matchers = [_quick(each) for each in listener.matchers]


def _quick(matcher: AsyncListenerMatcher) -> AsyncListenerMatcher:
    if isinstance(matcher, AsyncBuiltinListenerMatcher) and list(matcher.arg_names) == ["body"]:
        return OfBody(cast(Matches, matcher.func))
    return matcher
