"""Reads what comes in. What could not be written down, read again and shown is refused here."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from aiohttp import web
from pydantic_core import from_json

# Far more than Block Kit has. What is kept is read again by a parser that stops at 200.
MOST_LEVELS = 50


def parsed(text: str | bytes) -> Any:
    """JSON as data. ValueError: no JSON, half a character, a number past all bounds, too deep."""
    data = from_json(text, allow_inf_nan=False)
    _check(data, MOST_LEVELS)
    return data


async def json_body(request: web.Request) -> Any:
    """A body that has to be JSON, or raise ValueError."""
    return parsed(await request.read())


async def arguments(request: web.Request) -> dict[str, Any]:
    """What came as query, JSON or form; a body that is none of these counts as empty."""
    try:
        return {**request.query, **await _body(request)}
    except (LookupError, ValueError):
        return dict(request.query)


async def _body(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        body = await json_body(request)
        return body if isinstance(body, dict) else {}
    return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}


def _check(data: Any, levels: int) -> None:
    if levels == 0 or (isinstance(data, float) and not isfinite(data)):
        raise ValueError("too deep, or past all bounds")
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            _check(each, levels - 1)
