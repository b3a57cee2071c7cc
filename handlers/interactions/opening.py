"""Opening a form at Slack while somebody waits: whatever Slack does not do in time is said instead."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from handlers.block_kit.errors import DrawnSince, NotOpened

WITHIN = 1.5  # seconds of the three in which Slack wants an answer
_PASSING = frozenset(
    ["ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"]
)
_IN_TROUBLE = 500


async def opened(opening: Awaitable[Any]) -> None:
    """Let a form open, or raise NotOpened; what Slack has against the form itself is raised as it is.

    Where a window was drawn anew since it was looked at, raise DrawnSince.
    """
    task = asyncio.ensure_future(opening)
    done, late = await asyncio.wait({task}, timeout=WITHIN)
    for slow in late:
        slow.cancel()
    error = task.exception() if done else None
    if late or (error and _is_passing(error)):
        raise NotOpened from error
    if error and _said(error) == "hash_conflict":
        raise DrawnSince from error
    if error:
        raise error


def _is_passing(error: BaseException) -> bool:
    """Say whether it is Slack that fails, or the way there: then there is no answer, or one that says so."""
    answer = getattr(error, "response", None)
    if answer is None:
        return True
    status = getattr(answer, "status_code", 0)
    return status >= _IN_TROUBLE or _said(error) in _PASSING


def _said(error: BaseException) -> str:
    answer = getattr(error, "response", None)
    return str(answer.get("error")) if answer is not None else ""
