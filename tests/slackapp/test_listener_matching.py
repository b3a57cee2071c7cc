"""Bolt's own matchers are asked with the body alone; whoever matches is the same."""

from functools import partial, wraps
from typing import Any

import pytest
import quick_bolt
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_bolt.util import utils

from slackapp.transport.listener_matching import OfBody, quicken


def press(action_id: str, value: str) -> dict[str, Any]:
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    return {"type": "block_actions", "user": {"id": "U0MAYA"}, "actions": [action]}


class Listening:
    """What Bolt may be given beside functions."""

    async def method(self, ack: Any, body: Any) -> None: ...

    async def __call__(self, say: Any) -> None: ...


async def plain(ack: Any, body: Any = None, *rest: Any, logger: Any, **more: Any) -> None: ...


@wraps(plain)
async def wrapped(*args: Any, **more: Any) -> None: ...


@pytest.mark.parametrize(
    "listener", [plain, wrapped, Listening().method, Listening(), partial(plain, 1), lambda body: body]
)
def test_the_tests_find_the_names_of_arguments_as_bolt_does(listener: Any):
    assert quick_bolt.names_of(listener) == utils.get_arg_names_of_callable(listener)


async def test_the_same_requests_match_and_a_matcher_of_ones_own_is_given_what_it_asks_for():
    async def is_one(action: dict[str, Any]) -> bool:
        return action["value"] == "1"

    async def answer(ack: Any) -> None:
        await ack()

    app = AsyncApp(token="xoxb-1", request_verification_enabled=False)
    app.action("offer.accept", matchers=[is_one])(answer)
    (listener,) = app._async_listeners

    async def matched() -> list[bool]:
        bodies = [press("offer.accept", "1"), press("offer.accept", "2"), press("offer.decline", "1")]
        requests = [AsyncBoltRequest(mode="socket_mode", body=body) for body in bodies]
        return [await listener.async_matches(req=it, resp=BoltResponse(status=200)) for it in requests]

    before = await matched()
    quicken(app)

    assert [isinstance(each, OfBody) for each in listener.matchers] == [True, False]
    assert await matched() == before == [True, False, False]
