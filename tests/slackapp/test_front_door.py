"""Whoever has not signed gets nothing: no look at what was sent, no effect, no trace, and no room to fill."""

import asyncio
import gzip
import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
import structlog
from app_installable import installable
from app_world import start_world
from raw_http import Header, now, request, send, signature, signed
from sinks import Sink, sink
from slack_posts import FORM, command, message

from playground.driver import Playground
from slackapp.bootstrap.wiring import Running
from slackapp.process import logs
from slackapp.process.errors import MalformedPayload
from slackapp.transport import envelopes

MAYA = "U0MAYA"
MARK = "hunter2-nobody-may-read-this"
EVENTS = "/slack/events"
PAGES = {
    "socket": {"/healthz": 200, "/readyz": 200},
    "http": {"/healthz": 200, "/readyz": 200},
    "oauth": {"/healthz": 200, "/readyz": 200, "/slack/install": 302, "/slack/oauth_redirect": 400},
}
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@dataclass
class Attacked:
    """An app, the Slack it belongs to, its log, and a server of a stranger's."""

    slack: Playground
    app: Running
    sink: Sink
    log: Callable[[], str]

    def told_slack(self, since: int) -> list[str]:
        """What went to Slack since an entry of its journal, but for the app's own look at its token."""
        return [it.name for it in self.slack.slack.journal.after(since) if it.name != "auth.test"]

    async def count(self) -> float:
        """How many requests have been acknowledged, of whatever kind."""
        text = self.app.worker.metrics.text().decode()
        counts = [line for line in text.splitlines() if line.startswith("waymark_ack_seconds_count{")]
        return sum(float(line.rpartition(" ")[2]) for line in counts)


@pytest.fixture
def log() -> Iterator[Callable[[], str]]:
    """Everything that is logged, at the most talkative level."""
    stream = io.StringIO()
    logs.configure("debug", stream)
    yield stream.getvalue
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@asynccontextmanager
async def attacked(
    mode: str, folder: Path, redis_url: str, log: Callable[[], str]
) -> AsyncIterator[Attacked]:
    async with AsyncExitStack() as stack:
        stranger = await stack.enter_async_context(sink())
        if mode == "oauth":
            many = await stack.enter_async_context(installable(redis_url))
            slack, app = many.slack, many.app
        else:
            transport = "socket" if mode == "socket" else "http"
            world = await stack.enter_async_context(start_world(folder, redis_url, transport=transport))
            slack, app = world.slack, world.app
        await app.quiet()  # what it asks Slack at its start is none of a stranger's doing
        yield Attacked(slack, app, stranger, log)


def press(url: str, **fields: object) -> dict[str, object]:
    """What Slack sends when a button is pressed."""
    action = {"action_id": "x", "block_id": "b", "type": "button", "value": MARK}
    return {
        "type": "block_actions",
        "team": {"id": "T0PLAYGRND"},
        "user": {"id": MAYA, "team_id": "T0PLAYGRND"},
        "trigger_id": "1.2",
        "actions": [action],
        "response_url": url,
        **fields,
    }


def form(payload: object) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def bodies(url: str) -> dict[str, tuple[list[Header], bytes]]:
    """What an attacker would send: each kind of body, well made and broken, with its headers."""
    form_type: Header = ("Content-Type", FORM)
    json_type: Header = ("Content-Type", "application/json")
    pressed = form(press(url))
    asked = command(MAYA, MARK, response_url=url).encode()
    said = message(MAYA, MARK, "Ev0MARK").encode()
    deep = b'{"a":' * 50_000
    return {
        "press": ([form_type], pressed),
        "command": ([form_type], asked),
        "event": ([json_type], said),
        "challenge": ([json_type], json.dumps({"type": "url_verification", "challenge": MARK}).encode()),
        "ssl check": ([form_type], urlencode({"ssl_check": "1", "token": MARK}).encode()),
        "gzip": ([json_type, ("Content-Encoding", "gzip")], gzip.compress(said)),
        "broken gzip": ([json_type, ("Content-Encoding", "gzip")], said),
        "broken deflate": ([json_type, ("Content-Encoding", "deflate")], said),
        "unknown encoding": ([json_type, ("Content-Encoding", "snappy")], said),
        "unknown charset": ([("Content-Type", f"application/json; charset={MARK}")], said),
        "not UTF-8": ([json_type], b'{"type": "\xff\xfe' + MARK.encode()),
        "bad JSON": ([json_type], b"{" + MARK.encode()),
        "deep JSON": ([json_type], deep),
        "no content type": ([], said),
        "odd content type": ([("Content-Type", "\xff/;;;=")], said),
        "empty": ([form_type], b""),
    }


def wrong_headers(secret: str, body: bytes) -> dict[str, list[Header]]:
    """Each kind of wrong authentication; the signature itself is right wherever that can be."""
    stamp = now()
    right = signature(secret, stamp, body)

    def stamped(text: str) -> list[Header]:
        return [(STAMP, text), (SIGNATURE, signature(secret, text, body))]

    def of(text: str | bytes) -> list[Header]:
        return [(STAMP, stamp), (SIGNATURE, text)]

    arabic = stamp.translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    odd = [
        "abc",
        "NaN",
        "inf",
        "1e9",
        "0x6a",
        "-1",
        "0",
        "9" * 30,
        "9" * 8000,
        arabic,
        "²",
        "None",
        "[]",
        "{}",
    ]
    near = [
        f"+{stamp}",
        f"-{stamp}",
        f"{stamp}.0",
        f"{stamp[:-3]}_{stamp[-3:]}",
        f"{stamp},{stamp}",
        f"{stamp};",
    ]
    return {
        "none": [],
        "no time": of(right)[1:],
        "no signature": of(right)[:1],
        "empty time": stamped(""),
        "empty signature": of(""),
        "both empty": [(STAMP, ""), (SIGNATURE, "")],
        "too old": signed(secret, body, str(int(stamp) - 301)),
        "too new": signed(secret, body, str(int(stamp) + 302)),
        "milliseconds": stamped(f"{stamp}000"),
        "another secret": signed("another-signing-secret", body, stamp),
        "empty secret": signed("", body, stamp),
        "another body": signed(secret, body + b" ", stamp),
        "no body": signed(secret, b"?", stamp),
        "another time": [(STAMP, str(int(stamp) - 1)), (SIGNATURE, right)],
        "cut short": of(right[:-1]),
        "a beginning": of(right[:12]),
        "the version alone": of("v0="),
        "no version": of(right[3:]),
        "another version": of(right.replace("v0", "v1")),
        "loud": of(right.upper()),
        "longer": of(right + "0"),
        "not ASCII": of("v0=é" + right[4:]),
        "not UTF-8": of(b"v0=\xff\xfe" + right[5:].encode()),
        "time not UTF-8": [(STAMP, b"\xff" + stamp.encode()), (SIGNATURE, right)],
        "two times": [(STAMP, stamp), *of(right)],
        "two signatures": [*of(right), (SIGNATURE, right)],
        "wrong, then right": [*of("v0=" + "0" * 64), (SIGNATURE, right)],
        "two in one": of(f"{right},{right}"),
        **{f"time {text[:12]}": stamped(text) for text in odd + near},
    }


def ways(attack: Attacked) -> Iterator[tuple[str, bytes]]:
    """Yield every way to send something that is not signed rightly, with its name."""
    secret = attack.slack.signing_secret
    for kind, (headers, body) in bodies(attack.sink.url).items():
        for name, authentication in wrong_headers(secret, body).items():
            whole = [*headers, *authentication]
            yield f"{kind}, {name}", request("POST", EVENTS, whole, body)
            if kind in ("command", "empty"):
                yield f"{kind}, {name}, in chunks", request("POST", EVENTS, whole, body, chunked=True)


@pytest.mark.parametrize("mode", ["http", "oauth"])
async def test_what_is_not_signed_rightly_is_refused_and_leaves_nothing_behind(
    mode: str, tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked(mode, tmp_path, redis_url, log) as attack:
        said = attack.slack.slack.journal.last

        answers = {name: await send(attack.app.port, sent) for name, sent in ways(attack)}

        assert len(answers) > 700
        assert {name: it for name, it in answers.items() if it != (401, '{"error": "invalid request"}')} == {}
        assert attack.sink.posted == []
        assert attack.told_slack(said) == []
        assert await attack.count() == 0
        assert MARK not in attack.log()
        assert '"level": "error"' not in attack.log()
        assert '"level": "warning"' not in attack.log()


@pytest.mark.parametrize("mode", PAGES)
async def test_every_page_says_what_it_says_to_anyone_whatever_the_authentication(
    mode: str, tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked(mode, tmp_path, redis_url, log) as attack:
        said = attack.slack.slack.journal.last
        body = form(press(attack.sink.url))
        found: dict[str, set[int]] = {}

        for authentication in wrong_headers(attack.slack.signing_secret or "x", body).values():
            for path in PAGES[mode]:
                page = await send(attack.app.port, request("GET", path, authentication))
                pushed = await send(attack.app.port, request("POST", path, authentication, body))
                found.setdefault(path, set()).update((page[0], pushed[0]))
            for path in ("/metrics", "/slack", "/%00", f"/{MARK}"):
                found.setdefault("elsewhere", set()).add(
                    (await send(attack.app.port, request("POST", path, authentication, body)))[0]
                )
            for method in ("GET", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
                sent = request(method, EVENTS, authentication, body)
                found.setdefault(EVENTS, set()).add((await send(attack.app.port, sent))[0])

        away = {"elsewhere": {404}, EVENTS: {404} if mode == "socket" else {405}}
        assert found == {path: {status, 405} for path, status in PAGES[mode].items()} | away
        assert attack.sink.posted == []
        assert attack.told_slack(said) == []
        assert MARK not in attack.log()
        assert '"level": "error"' not in attack.log()


async def test_what_is_no_http_is_refused_without_a_line_in_the_log(
    tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
    sent = [
        MARK.encode() + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST /slack/events HTTP/9.9\r\nHost: x\r\n\r\n",
        head + b"Content-Length: ten\r\n\r\n",
        head + b"Content-Length: -1\r\n\r\n",
        head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        head + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\n" + MARK.encode() + b"\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello world\r\n0\r\n\r\n",
        head + b"X: " + b"x" * 20_000 + b"\r\n\r\n",
        head + b"".join(b"X-%d: x\r\n" % n for n in range(1000)) + b"\r\n",
        b"POST /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        head + b"X-Slack-Signature: a\x00b\r\n\r\n",
        head + b"X-Slack-Request-Timestamp: " + b"9" * 9000 + b"\r\n\r\n",
    ]
    async with attacked("http", tmp_path, redis_url, log) as attack:
        before = attack.log()

        answers = [(await send(attack.app.port, it))[0] for it in sent]

        assert answers == [400] * len(sent)
        assert attack.log() == before


async def test_what_is_signed_is_answered_however_it_is_framed(
    tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked("http", tmp_path, redis_url, log) as attack:
        secret = attack.slack.signing_secret
        body = command(MAYA, "help").encode()
        headers: list[Header] = [("Content-Type", f"{FORM}; charset=UTF-8"), *signed(secret, body)]
        check = urlencode({"ssl_check": "1", "token": "x"}).encode()
        asked = [("Content-Type", FORM), *signed(secret, check)]

        whole = await send(attack.app.port, request("POST", EVENTS, headers, body))
        chunked = await send(attack.app.port, request("POST", EVENTS, headers, body, chunked=True))
        checked = await send(attack.app.port, request("POST", EVENTS, asked, check))

    assert [whole[0], chunked[0], checked] == [200, 200, (200, "")]


MALFORMED: dict[str, object] = {
    "no object": [],
    "a number": 5,
    "nothing": None,
    "no type": press("", type=None),
    "an odd type": press("", type=["block_actions"]),
    "an unknown type": press("", type="zzz"),
    "an object as type": press("", type={"a": 1}),
    "user is a number": press("", user=5),
    "user is a text": press("", user=MAYA),
    "no user": press("", user=None),
    "user without id": press("", user={}),
    "user id is a list": press("", user={"id": [MAYA]}),
    "user id is a key": press("", user={"id": "U1:{x}\x00"}),
    "team is a number": press("", team=5),
    "team id is a number": press("", team={"id": 5}),
    "no workspace": press("", team=None),
    "no actions": press("", actions=[]),
    "actions is a text": press("", actions="x"),
    "action is a number": press("", actions=[5]),
    "action without id": press("", actions=[{}]),
    "value is a number": press("", actions=[{"action_id": "x", "value": 5}]),
    "response_url is a number": press("", response_url=5),
    "response_urls is null": press("", response_urls=None),
    "response_urls holds a text": press("", response_urls=["x"]),
    "view is a text": press("", view="x"),
    "event is null": press("", event=None),
    "channel is a number": press("", channel=7),
    "message's user is a number": press("", message={"user": 7}),
    "authorizations is a number": press("", authorizations=7),
    "authorizations holds null": press("", authorizations=[None]),
    "enterprise is a number": press("", enterprise=7),
    "no trigger": press("", trigger_id=None),
    "a form without a view": press("", type="view_submission"),
    "a form's state is a list": press(
        "", type="view_submission", view={"id": "V1", "type": "modal", "state": {"values": []}}
    ),
    "a menu without an id": press("", type="block_suggestion"),
    "a shortcut without an id": press("", type="shortcut"),
    "a challenge with an event": {"type": "url_verification", "challenge": "x", "event": "x"},
    "a challenge without one": {"type": "url_verification"},
    "an event without one": {"type": "event_callback", "team_id": "T1", "event_id": "E"},
    "event is a text": {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": "x"},
    "event without type": {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {}},
    "event's user is a number": {
        **json.loads(message(MAYA, "x", "E")),
        "event": {"type": "message", "user": 5, "channel": "D1"},
    },
    "event's item is odd": {
        **json.loads(message(MAYA, "x", "E")),
        "event": {"type": "message", "item": {"channel": 5}},
    },
}
BROKEN: dict[str, tuple[str, bytes]] = {
    "bad JSON": ("application/json", b"{"),
    "half a surrogate": ("application/json", b'{"type": "\\ud800"}'),
    "not a number": ("application/json", b'{"type": NaN}'),
    "deep JSON": ("application/json", b'{"a":' * 50_000),
    "deep payload": (FORM, b"payload=" + b"[" * 50_000),
    "endless digits": ("application/json", b'{"type": ' + b"9" * 50_000 + b"}"),
    "not UTF-8": ("application/json", b'{"type": "\xff"}'),
    "form not UTF-8": (FORM, b"command=%ff&text=x"),
    "raw form not UTF-8": (FORM, b"command=\xff&text=x"),
    "no body": ("application/json", b""),
    "no form": (FORM, b""),
    "no fields": (FORM, b"hello"),
    "no payload": (FORM, b"payload="),
    "payload twice": (FORM, form(press("")) + b"&" + form(press(""))),
    "payload no object": (FORM, b"payload=5"),
    "payload missing": (FORM, b"foo=bar"),
    "fields without end": (FORM, b"&".join(b"a%d=b" % n for n in range(5000))),
    "command and type": (FORM, command(MAYA, "x", type="block_actions", actions="x").encode()),
    "command without a user": (FORM, b"command=%2Fask-mentor&team_id=T1&channel_id=C1&trigger_id=1"),
    "text": ("text/plain", form(press(""))),
    "no type": ("", form(press(""))),
    "form as JSON": ("application/json", form(press(""))),
    "JSON as form": (FORM, message(MAYA, "x", "E").encode()),
    "unknown charset": ("application/json; charset=klingon", message(MAYA, "x", "E").encode()),
    "UTF-16": ("application/json; charset=utf-16", message(MAYA, "x", "E").encode("utf-16")),
    "multipart": ("multipart/form-data; boundary=x", b"--x--"),
}


async def test_what_is_signed_but_has_not_slacks_shape_is_refused_without_an_error(
    tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked("http", tmp_path, redis_url, log) as attack:
        secret, said = attack.slack.signing_secret, attack.slack.slack.journal.last
        sent = BROKEN | {name: (FORM, form(payload)) for name, payload in MALFORMED.items()}
        zipped = message(MAYA, "x", "E").encode()
        answers = {}

        for name, (content_type, body) in sent.items():
            headers: list[Header] = [("Content-Type", content_type)] if content_type else []
            packed = request("POST", EVENTS, [*headers, *signed(secret, body)], body)
            answers[name] = (await send(attack.app.port, packed))[0]
        for encoding, body in {"gzip": gzip.compress(zipped), "x-gzip": zipped, "br": zipped}.items():
            headers = [("Content-Type", "application/json"), ("Content-Encoding", encoding)]
            packed = request("POST", EVENTS, [*headers, *signed(secret, body)], body)
            answers[encoding] = (await send(attack.app.port, packed))[0]

        assert {name: status for name, status in answers.items() if status not in (400, 415)} == {}
        assert '"level": "error"' not in attack.log()
        assert "frames" not in attack.log()
        assert attack.told_slack(said) == []


@pytest.mark.parametrize("name", MALFORMED)
def test_a_payload_is_held_to_its_shape_whichever_way_it_came(name: str):
    with pytest.raises(MalformedPayload):
        envelopes.checked(MALFORMED[name])


async def test_no_series_of_the_figures_comes_of_what_strangers_send(
    tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked("http", tmp_path, redis_url, log) as attack:
        await send(attack.app.port, request("POST", EVENTS, [], b"{}"))
        await send(attack.app.port, request("POST", "/nowhere", [], b"{}"))
        before = await figures(attack.app)

        for number in range(200):
            body = json.dumps({"type": f"{MARK}{number}", "command": f"/{MARK}{number}"}).encode()
            await send(attack.app.port, request("POST", EVENTS, [], body))
            await send(attack.app.port, request("POST", f"/{MARK}{number}", [], body))
            await send(attack.app.port, request(f"GET{'X' * (number % 40)}", EVENTS, [], body))

        after = await figures(attack.app)
        refused = {f'waymark_refused_total{{status="{status}"}}' for status in (400, 405)}
        assert names(before) | refused >= names(after)
        assert MARK not in after


async def figures(app: Running) -> str:
    address = f"http://127.0.0.1:{app.metrics_port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.text()


def names(text: str) -> set[str]:
    series = {line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")}
    return {name for name in series if "_created" not in name}


async def test_the_figures_are_not_at_the_public_port(tmp_path: Path, redis_url: str, log: Callable[[], str]):
    async with attacked("http", tmp_path, redis_url, log) as attack:
        public = await send(attack.app.port, request("GET", "/metrics", []))

        assert public[0] == 404
        assert "waymark_ack_seconds" in await figures(attack.app)


async def test_a_crowd_of_half_sent_requests_keeps_no_command_out(
    tmp_path: Path, redis_url: str, log: Callable[[], str]
):
    async with attacked("http", tmp_path, redis_url, log) as attack:
        half = request("POST", EVENTS, [("Content-Type", FORM)], b"x" * 1000)
        crowd = [await asyncio.open_connection("127.0.0.1", attack.app.port) for _ in range(300)]
        for number, (_, writer) in enumerate(crowd):
            writer.write(half[: -1 - number % 2 * 1100])
        body = command(MAYA, "How do I profile asyncio? #python").encode()
        headers: list[Header] = [("Content-Type", FORM), *signed(attack.slack.signing_secret, body)]

        status, _ = await send(attack.app.port, request("POST", EVENTS, headers, body))

        assert status == 200
        for _, writer in crowd:
            writer.close()
