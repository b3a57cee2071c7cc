"""Logs: JSON lines without what people wrote and without tokens."""

import io
import json
import logging

import pytest
import structlog
from pydantic import BaseModel, ValidationError
from slack_sdk.errors import SlackApiError

from slackapp.process import logs


class Asked(BaseModel):
    minutes: int


def test_a_line_is_json_with_its_time_and_facts(lines):
    structlog.get_logger().info("delivered", thing="request:1", ms=12)

    (line,) = lines()
    assert (line["event"], line["thing"], line["ms"], line["level"]) == ("delivered", "request:1", 12, "info")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "token", ["xoxb-1-2-abc", "xapp-1-A0-abc", "xoxe.xoxp-1-abc", "gAAAAABmZ2V0bWVhdG9rZW5wbGVhc2U="]
)
def test_a_token_is_hidden_wherever_it_stands(lines, token):
    structlog.get_logger().warning("refused", reason=f"the token {token} was refused")

    assert token.split(".")[-1] not in json.dumps(lines())


def test_who_was_told_whom_to_turn_to_is_not_logged(lines):
    structlog.get_logger().error("undeliverable", thing="care:0a1b.harassment", to="U0MAYA")

    (line,) = lines()
    assert (line["thing"], line["to"]) == ("message", "U0MAYA")


@pytest.mark.parametrize("thing", ["report:s1.U0MAYA", "alert:report.s1.U0MAYA", "report.s1.U0MAYA"])
def test_who_reports_whom_is_not_logged(lines, thing):
    structlog.get_logger().error("duty failed", thing=thing)

    (line,) = lines()
    assert line["thing"] == "report"


def test_the_password_of_redis_is_hidden(lines):
    structlog.get_logger().warning("away", url="redis://:hunter2@db:6379")

    assert "hunter2" not in json.dumps(lines())


def test_an_error_is_traced_without_the_text_it_quotes(lines):
    try:
        Asked.model_validate({"minutes": "my private question"})
    except ValidationError:
        structlog.get_logger().error("failed", exc_info=True)

    (line,) = lines()
    assert "my private question" not in json.dumps(line)
    assert line["error"][0].endswith("ValidationError")
    assert any("test_logs.py" in frame for frame in line["frames"])


def test_slacks_own_word_for_a_failure_is_kept(lines):
    error = SlackApiError("no", {"ok": False, "error": "channel_not_found"})

    structlog.get_logger().error("failed", exc_info=error)

    assert "channel_not_found" in lines()[0]["error"][0]


def test_what_a_library_says_is_dropped_and_where_it_said_so_is_kept(lines):
    logging.getLogger("slack_bolt.App").warning("Unhandled request ({'text': 'my private question'})")

    (line,) = lines()
    assert "my private question" not in json.dumps(line)
    assert (line["event"], line["logger"]) == ("library", "slack_bolt.App")


def test_what_our_own_packages_say_is_kept_without_its_arguments(lines):
    logging.getLogger("handlers.fallback").error("a listener failed: %s", "my private question")

    (line,) = lines()
    assert line["event"] == "a listener failed: %s"


def test_a_library_is_never_logged_below_warning(lines):
    logs.configure("debug", io.StringIO())

    logging.getLogger("slack_sdk").debug("Sending a request: my private question")

    assert lines() == []


def test_a_library_that_complains_without_end_is_heard_once_a_second(lines):
    library = logging.getLogger("asyncio")
    for thousandth in range(2_500):
        complaint = {"name": library.name, "levelno": logging.ERROR, "module": "selector_events", "lineno": 7}
        library.handle(logging.makeLogRecord(complaint | {"created": 100 + thousandth / 1_000}))
    library.handle(logging.makeLogRecord(complaint | {"lineno": 8, "created": 102.5}))

    assert [line["at"] for line in lines()] == [f"selector_events:{line}" for line in (7, 7, 7, 8)]


def test_no_failure_of_our_own_is_left_out(lines):
    for _ in range(3):
        logging.getLogger("handlers.fallback").error("a listener failed")

    assert len(lines()) == 3
