"""A scripted stand-in for a provider of language models: it speaks OpenAI's and Anthropic's protocols.

No model runs here, and it breaks on demand. It reads the person's message, which is JSON, and fills in the
form that the request's only tool describes, from a few fixed sentences.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from aiohttp import web

from playground.foundation.gate import only_from_here

NAME = "stand-in"
HOST = "127.0.0.1"
FAULTS = (
    *("error", "busy", "hang", "garbage", "cut"),
    *("prose", "bad_enum", "too_long", "injected", "foreign", "advice", "two_questions"),
)
_GARBAGE = b'{"choices": [\xff\xfe\x00'
PROSE = "Sure! Let me tell you what I think about that …"
INJECTED = "<!channel> see https://evil.example.com/x and <@U0EVIL> ```rm -rf``` "
Data = Mapping[str, Any]


@dataclass
class Provider:
    """A running stand-in. *fault* is what goes wrong until it is taken back; *requests* is what came in.

    What hangs is answered, late, once its fault is taken back.
    """

    url: str = ""
    fault: str | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def start(cls, port: int = 0) -> AsyncIterator[Self]:
        """Serve on this machine alone for as long as the block lasts."""
        provider = cls()
        app = web.Application(middlewares=[only_from_here])
        app.router.add_post("/v1/chat/completions", provider.complete)
        app.router.add_post("/v1/messages", provider.message)
        app.router.add_post("/fault", provider.change)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        provider.url = f"http://{HOST}:{runner.addresses[0][1]}/v1"
        try:
            yield provider
        finally:
            await runner.cleanup()

    async def change(self, request: web.Request) -> web.Response:
        """Take a fault (or none) from whoever wants to see what follows."""
        wanted = (await request.text()).strip() or None
        if wanted not in (None, *FAULTS):
            raise web.HTTPBadRequest(text=f"no such fault; there are {', '.join(FAULTS)}")
        self.fault = wanted
        return web.Response(text=f"fault: {wanted}")

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """Answer one chat completion of OpenAI's protocol."""
        asked = await self._received(request)
        tool = asked["tools"][0]["function"]
        filled = self._filled(asked, tool["parameters"])
        return await self._answered(request, _completion(asked, tool["name"], filled))

    async def message(self, request: web.Request) -> web.StreamResponse:
        """Answer one message of Anthropic's protocol."""
        asked = await self._received(request)
        tool = asked["tools"][0]
        filled = self._filled(asked, tool["input_schema"])
        return await self._answered(request, _message(asked, tool["name"], filled))

    async def _received(self, request: web.Request) -> dict[str, Any]:
        asked: dict[str, Any] = await request.json()
        self.requests.append(asked)
        if self.fault == "error":
            raise web.HTTPInternalServerError(text="broken on purpose")
        if self.fault == "busy":
            raise web.HTTPTooManyRequests(text="busy on purpose", headers={"Retry-After": "30"})
        while self.fault == "hang":
            await asyncio.sleep(0.02)
        return asked

    async def _answered(self, request: web.Request, answer: Data) -> web.StreamResponse:
        """Send an answer whole; or what is no JSON, or half of it before the line breaks."""
        body = json.dumps(answer).encode()
        if self.fault != "cut":
            return web.Response(
                body=_GARBAGE if self.fault == "garbage" else body, content_type="application/json"
            )
        half = web.StreamResponse(headers={"Content-Type": "application/json"})
        half.content_length = len(body)
        await half.prepare(request)
        await half.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return half

    def _filled(self, asked: Data, parameters: Data) -> dict[str, Any] | None:
        """The form filled in; None stands for prose in its place."""
        if self.fault == "prose":
            return None
        return self._spoilt(_FILLS[_kind(parameters)](_asked(asked)))

    def _spoilt(self, filled: dict[str, Any]) -> dict[str, Any]:
        if self.fault == "bad_enum":
            return {**filled, "stage": "sideways", "actions": []}
        if self.fault == "too_long":
            return {**filled, "reflection": "x" * 200_000}
        if self.fault in _UNASKED and "question" in filled:
            return {**filled, **_UNASKED[self.fault]}
        if self.fault == "injected":
            return {
                key: INJECTED + each if isinstance(each, str) and each and key in _PROSE else each
                for key, each in filled.items()
            }
        return filled


_UNASKED: dict[str, dict[str, str]] = {
    "foreign": {"reflection": "Das ist dir wichtig.", "question": "Was wäre für dich ein gutes Ergebnis?"},
    "advice": {"reflection": "Talk to your lead first, and be honest.", "question": "What holds you back?"},
    "two_questions": {"question": "What did you try, how did it feel, and what comes next?"},
}
_PROSE = ("reflection", "question", "support", "line")


def _asked(asked: Data) -> Data:
    """What is asked: the first message of the person; where it is asked again, what was wrong follows it."""
    found: Data = next(json.loads(_text(it)) for it in asked["messages"] if it["role"] == "user")
    return found


def _kind(parameters: Data) -> str:
    return next(name for name in _FILLS if name in parameters["properties"])


def _turn(data: Data) -> dict[str, Any]:
    """Fill in a coaching turn: the words that were said last, and the question that was asked for."""
    said = [turn for turn in data["turns"] if turn["answer"]]
    last, used = (said[-1]["answer"], said[-1]["label"]) if said else (data["opening"], "opening")
    help = data["help_allowed"][-1]
    wants_help = help != "question" and data["may_stay"]
    return {
        "stage": "same" if wants_help else "next",
        "reflection": f"So this is what you bring: {_quoted(last)}",
        "question": "What of that fits you, and what does not?" if wants_help else data["next_asks"],
        "help": help if wants_help else "question",
        "support": _SUPPORT[help] if wants_help else "",
        "next_step": "",
        "used": [used],
    }


_SUPPORT = {
    "hint": "Somewhere you have met a thing like this before; look there first.",
    "example": "Somebody else began with five minutes on a Monday, and told one colleague.",
    "answer": "One way is to write the first sentence now and to send it before lunch.",
}


def _plan(data: Data) -> dict[str, Any]:
    """Fill in a plan: the latest answers, on the next two working days."""
    said = [turn["answer"] for turn in data["turns"] if turn["answer"]]
    first = date.fromisoformat(data["today"]) + timedelta(days=1)
    action = {
        "behaviour": _quoted(said[-1]),
        "cue": "after the first coffee",
        "evidence": "it is in my notes",
    }
    return {"actions": [{**action, "on": (first + timedelta(days=more)).isoformat()} for more in (0, 2)]}


def _line(data: Data) -> dict[str, Any]:
    """Fill in what the other side of a rehearsed talk says."""
    lines = ("I did not see this coming.", "I have heard that before.", "All right, and what do you propose?")
    return {"line": lines[min(data["said_so_far"], 2)], "mood": "guarded"}


_FILLS: dict[str, Callable[[Data], dict[str, Any]]] = {"actions": _plan, "line": _line, "stage": _turn}


def _quoted(text: str) -> str:
    return " ".join(text.replace("?", ".").split()[:20])


def _text(message: Data) -> str:
    content = message["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _completion(asked: Data, tool: str, filled: dict[str, Any] | None) -> dict[str, Any]:
    call = {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": json.dumps(filled)}}
    said = {"content": PROSE} if filled is None else {"content": None, "tool_calls": [call]}
    finish = "stop" if filled is None else "tool_calls"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": asked.get("model", NAME),
        "choices": [{"index": 0, "message": {"role": "assistant", **said}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _message(asked: Data, tool: str, filled: dict[str, Any] | None) -> dict[str, Any]:
    call = {"type": "tool_use", "id": "toolu_1", "name": tool, "input": filled}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": asked.get("model", NAME),
        "content": [{"type": "text", "text": PROSE} if filled is None else call],
        "stop_reason": "end_turn" if filled is None else "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }
