"""What Slack sends, held to the shape that it always has, so that whatever comes after can rely on it.

By HTTP it comes as bytes, in Socket Mode parsed already; both end in an Envelope. Only what Bolt and every
listener take for granted is looked at; what a value means is the listeners' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import from_json

from slackapp.process.errors import MalformedPayload

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MOST_FIELDS = 64  # a slash command has about fifteen

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Word = Annotated[str, Field(min_length=1)]


class PayloadPart(BaseModel):
    """A part of a payload; what is not named here may be anything."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Named(PayloadPart):
    """A person, conversation, workspace or organisation, with its id beside more of it."""

    id: Id
    team_id: Id | None = None
    enterprise_id: Id | None = None


Ref = Id | Named | None


class Origin(PayloadPart):
    """Where Bolt looks for who did something and where: in a payload, its event, its authorization …"""

    enterprise: Ref = None
    team: Ref = None
    user: Ref = None
    channel: Ref = None
    enterprise_id: Id | None = None
    team_id: Id | None = None
    user_id: Id | None = None
    channel_id: Id | None = None
    thread_ts: str | None = None
    is_enterprise_install: bool | str | None = None


class Event(Origin):
    """What happened, inside an event callback."""

    type: Word
    subtype: str | None = None
    text: str | None = None
    ts: str | None = None
    bot_id: str | None = None
    channel_type: str | None = None
    user_team: Id | None = None
    message: Origin | None = None
    previous_message: Origin | None = None
    assistant_thread: Origin | None = None
    item: Origin | str | None = None


class Option(PayloadPart):
    """What was chosen of a menu."""

    value: str


class ActionSent(PayloadPart):
    """A button pressed or a menu used."""

    action_id: Word
    block_id: str = ""
    value: str | None = None
    selected_option: Option | None = None


class Block(PayloadPart):
    """A block of a form."""

    type: Word
    block_id: str = ""


class State(PayloadPart):
    """What was filled in, by block and by field."""

    values: dict[str, dict[str, dict[str, Any]]] = {}


class ViewSent(PayloadPart):
    """A form or a Home tab."""

    id: Word
    type: Word
    callback_id: str = ""
    hash: str = ""
    private_metadata: str = ""
    blocks: list[Block] = []
    state: State | None = None
    team_id: Id | None = None
    app_installed_team_id: Id | None = None


class FormResponseUrl(PayloadPart):
    """An address for an answer to a form."""

    response_url: str


class Anything(Origin):
    """What Bolt looks at whatever the kind. A field without None may be absent but not null."""

    type: str = ""
    event: Event = Event(type="none")
    authorizations: list[Origin] | None = None
    view: ViewSent | None = None
    message: Origin | None = None
    previous_message: Origin | None = None
    assistant_thread: Origin | None = None
    item: Origin | str | None = None
    actions: list[ActionSent] = []
    container: dict[str, Any] = {}
    trigger_id: str = ""
    response_url: str = ""
    response_urls: list[FormResponseUrl] = []


class Payload(Anything):
    """What belongs to a workspace."""

    @model_validator(mode="after")
    def _belongs_to_a_workspace(self) -> "Payload":
        owners = (self.team, self.team_id, self.enterprise, self.enterprise_id, self.authorizations)
        if not any(owners):
            raise ValueError("no workspace is named")
        return self


class CommandSent(Payload):
    """A slash command."""

    command: Annotated[str, Field(pattern="^/")]
    text: str = ""
    team_id: Id
    user_id: Id
    channel_id: Id
    trigger_id: Word


class InteractionSent(Payload):
    """Something that a person did in what the app has shown."""

    user: Named


class Pressed(InteractionSent):
    """Buttons and menus."""

    trigger_id: Word
    actions: Annotated[list[ActionSent], Field(min_length=1)]


class Typing(InteractionSent):
    """A menu that asks for choices while somebody types."""

    action_id: Word
    value: str = ""


class ShortcutSent(InteractionSent):
    """A shortcut, of a message or anywhere."""

    callback_id: Word
    trigger_id: Word


class FormSent(InteractionSent):
    """A form that was sent off or closed."""

    view: ViewSent


class EventCallback(Payload):
    """An event."""

    event_id: Word
    event: Event


class Challenge(Anything):
    """Slack asks whether the request URL is the app's."""

    challenge: str


SHAPES: Mapping[str, type[PayloadPart]] = {
    "command": CommandSent,
    "block_actions": Pressed,
    "block_suggestion": Typing,
    "shortcut": ShortcutSent,
    "message_action": ShortcutSent,
    "view_submission": FormSent,
    "view_closed": FormSent,
    "event_callback": EventCallback,
    "url_verification": Challenge,
    "ssl_check": Anything,
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload of the shape of its kind, which is one of SHAPES."""

    kind: str
    payload: dict[str, Any]


def opened(body: bytes, content_type: str) -> Envelope:
    """What a body holds, or raise Malformed. It is always UTF-8."""
    try:
        return checked(_parsed(body, content_type))
    except ValueError as error:
        raise MalformedPayload from error


def checked(payload: Any) -> Envelope:
    """A payload with its kind, or raise Malformed."""
    kind = _kind(payload)
    try:
        SHAPES[kind].model_validate(payload)
    except ValidationError as error:
        raise MalformedPayload from error
    return Envelope(kind, payload)


def _kind(payload: Any) -> str:
    if not isinstance(payload, dict):
        raise MalformedPayload
    if payload.get("ssl_check") == "1":
        return "ssl_check"
    kind = "command" if "command" in payload else payload.get("type")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise MalformedPayload
    return kind


def _parsed(body: bytes, content_type: str) -> Any:
    """The JSON of a body, that in its `payload`, or its fields; ValueError where there is none."""
    if content_type == JSON:
        return from_json(body, allow_inf_nan=False)
    pairs = parse_qsl(
        body.decode(),
        keep_blank_values=True,
        strict_parsing=True,
        errors="strict",
        max_num_fields=MOST_FIELDS,
    )
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands there twice")
    return from_json(fields["payload"], allow_inf_nan=False) if "payload" in fields else fields
