"""One JSON line for each thing that happened, without anything that people wrote and without tokens.

What libraries log can hold whole messages, so of theirs only the place, the level and the kind of error are
kept; of our own packages the words too, which are fixed. Of an error the frames are kept and the text is not:
a validation error quotes its input.
"""

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from slack_sdk.errors import SlackApiError

TOKEN = re.compile(r"\b(xox[a-z]|xapp|xwfp)-[\w-]+|\bgAAAA[\w=-]{20,}|(?<=://)[^/\s@]+@")
FRAMES = 12
PAUSE = 1.0  # seconds between two lines about the same complaint of a library
OURS = frozenset(
    ["handlers", "relationships", "coaching", "mentoring", "kernel", "storage", "sensing", "matching"]
)


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send every log line of this process to *stream* (standard error) as JSON, from *level* up."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_the_error,
            _hide_tokens,
            _hide_care,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat that is skipped is no news


def named(thing: str) -> str:
    """A thing as operators may read it: not who was told whom to turn to, nor who reports whom."""
    kind = thing.partition(":")[0]
    if kind == "report" or thing.removeprefix("alert:").startswith("report."):
        return "report"
    return "message" if kind == "care" else thing


def trace(error: BaseException) -> dict[str, Any]:
    """What may be logged of an error: its kinds and frames, and Slack's or the system's code."""
    return {
        "error": [_kind(link) for link in _chain(error)],
        "frames": _frames(error.__traceback__),
    }


class _Libraries(logging.Handler):
    """Passes on that a library complained and where, never what it said, and not more than once a second.

    asyncio for one complains a thousand times a second of connections that it cannot take.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line for *record*, unless there was just one of the same place."""
        place = f"{record.module}:{record.lineno}"
        is_ours = record.name.partition(".")[0] in OURS
        if not is_ours and abs(record.created - self._last.get(place, 0.0)) < PAUSE:
            return
        self._last[place] = record.created
        facts: dict[str, Any] = {"logger": record.name, "at": place}
        if record.exc_info and record.exc_info[1]:
            facts |= trace(record.exc_info[1])
        structlog.get_logger().log(record.levelno, str(record.msg) if is_ours else "library", **facts)


def _name_the_error(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.update(trace(error))
    return event


def _hide_tokens(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("[hidden]", value)
    return event


def _hide_care(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**event, "thing": named(str(event["thing"]))} if "thing" in event else event


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, SlackApiError):
        return f"{name}: {slack_code(error)}"
    if isinstance(error, OSError) and error.errno:
        return f"{name}: errno {error.errno}"
    return name


def slack_code(error: SlackApiError) -> str:
    """Slack's own word for what went wrong, `internal_error` when it gave none."""
    body = getattr(error.response, "data", error.response)
    code = body.get("error") if isinstance(body, dict) else None
    return code if isinstance(code, str) and code else "internal_error"


def _frames(traceback: TracebackType | None) -> list[str]:
    return [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in extract_tb(traceback)[-FRAMES:]
    ]
