"""One call of the Web API: its arguments, whose token it carries, and what it is allowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.incoming import parsed

JSON_ARGUMENTS = ("blocks", "view", "metadata", "prompts", "attachments", "files")
Answer = dict[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """A method call. Arguments come as JSON, a form or a query: all end up in *args*."""

    method: str
    args: Mapping[str, Any]
    token: str = ""

    def need(self, name: str) -> str:
        """A string argument that must be there."""
        value = self.args.get(name)
        if value in (None, ""):
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return str(value)

    def get(self, name: str, default: str = "") -> str:
        """A string argument, or *default*."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument, as JSON or as a form's word."""
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def count(self, name: str, default: int, most: int) -> int:
        """A number argument, or *default*; never more than *most*."""
        try:
            value = int(self.get(name) or default)
        except ValueError as error:
            raise SlackError("invalid_arguments", f"[ERROR] {name} must be a number") from error
        return min(value or default, most)

    def list(self, name: str) -> list[str]:
        """A comma-separated argument or a JSON list, as a list."""
        value = self.args.get(name) or ""
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]


@dataclass(frozen=True)
class Method:
    """A Web API method: what answers it, the scopes of which it needs one, and the kind of token."""

    answer: Callable[[Slack, ApiCall], Answer]
    scopes: tuple[str, ...] = ()
    token: str = "bot"


def decoded(args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with JSON texts of a form parsed."""
    return {key: _parsed(key, value) for key, value in args.items()}


def _parsed(key: str, value: Any) -> Any:
    if key not in JSON_ARGUMENTS or not isinstance(value, str):
        return value
    try:
        return parsed(value)
    except ValueError as error:
        code = "invalid_blocks_format" if key == "blocks" else "invalid_arguments"
        raise SlackError(code, f"[ERROR] {key} is not valid JSON") from error


def require_scope(slack: Slack, *scopes: str) -> None:
    """Refuse with `missing_scope` unless one of *scopes* was granted."""
    granted = slack.manifest.scopes
    if scopes and not set(scopes) & set(granted):
        raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(granted))


def page(call: ApiCall, total: int, default: int, most: int) -> tuple[int, int, str]:
    """Where a page starts, how long it is, and the cursor of the next one."""
    cursor, limit = call.get("cursor"), call.count("limit", default, most)
    if cursor and not (cursor.startswith("at:") and cursor[3:].isdigit()):
        raise SlackError("invalid_cursor")
    start = int(cursor[3:]) if cursor else 0
    return start, limit, f"at:{start + limit}" if start + limit < total else ""
