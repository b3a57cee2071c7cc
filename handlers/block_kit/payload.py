"""What Slack sends back of the app's own making, read by its types: a button's value, a form's fields.

A card or a form may be of an earlier version, and what is rightly signed may still hold anything. What
nothing of today could have sent is `Stale`, which `fallback.failed` answers for every listener.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from handlers.block_kit.errors import Stale
from kernel.values import PersonId

T = TypeVar("T")
MORE = "more"  # a menu whose choices are buttons
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
_LATEST = 4_102_444_800  # the year 2100, which no picker offers


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError
    return text


WORD = StringConstraints(pattern=r"^[!-~]{1,255}$")
Line = Annotated[str, StringConstraints(max_length=3_000), AfterValidator(_printable)]
Id = Annotated[str, WORD]
Someone = Annotated[PersonId, WORD]
Number = Annotated[int, Field(ge=0, le=100_000)]
Seconds = Annotated[int, Field(gt=0, lt=_LATEST)]  # since 1970, of a moment


def part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of what was sent, empty where it is malformed: what is beside it is read all the same."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def unfold(body: dict[str, Any]) -> None:
    """Turn a choice of `blocks.more` or `blocks.folded` into the press of the button that it stands for."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    if isinstance(first, dict) and first.get("action_id") == MORE:
        action_id, _, value = str(part(first, "selected_option").get("value")).partition(" ")
        rest = {key: each for key, each in first.items() if key != "selected_option"}
        body["actions"] = [{**rest, "type": "button", "action_id": action_id, "value": value}]


class Sent(BaseModel):
    """A part of a payload; what is not asked about may be anything."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Option(Sent):
    value: Line


class _File(Sent):
    id: Id


class Element(Sent):
    """What was pressed, or how a field was filled in: each kind of element has one of these."""

    value: str | None = None
    selected_option: _Option | None = None
    selected_options: tuple[_Option, ...] | None = None
    selected_user: Id | None = None
    selected_users: tuple[Id, ...] | None = None
    selected_date: date | None = None
    selected_time: time | None = None
    selected_date_time: Annotated[int, Field(gt=0, lt=_LATEST)] | None = None
    files: tuple[_File, ...] | None = None

    @property
    def answer(self) -> object:
        """What was typed or chosen, or None where nothing was."""
        if self.selected_option:
            return self.selected_option.value
        if self.selected_options is not None:
            return tuple(option.value for option in self.selected_options)
        if self.files is not None:
            return tuple(file.id for file in self.files)
        if self.selected_date_time is not None:
            return datetime.fromtimestamp(self.selected_date_time, UTC)
        when = (self.selected_date, self.selected_time)
        chosen = (self.selected_user, self.selected_users, *when, self.value)
        return next((each for each in chosen if each is not None), None)


class _Pressed(Sent):
    action_id: Line = ""
    value: Line | None = None
    selected_option: _Option | None = None


class _Container(Sent):
    is_ephemeral: bool = False


class _View(Sent):
    type: str = ""
    id: Line = ""
    hash: Line = ""


class _Message(Sent):
    text: str | None = None
    user: Someone | None = None
    ts: str | None = None
    bot_id: str | None = None


class _Place(Sent):
    id: Id


class _Team(Sent):
    domain: str | None = None


class Interaction(Sent):
    """What a command, a shortcut or a press says of itself."""

    trigger_id: Line
    actions: tuple[_Pressed, ...] = ()
    container: _Container | None = None
    view: _View | None = None
    message: _Message | None = None
    channel: _Place | None = None
    team: _Team | None = None
    channel_id: str = ""

    @property
    def is_on_receipt(self) -> bool:
        """Whether it comes from a message that only this person sees, for a while."""
        return self.container is not None and self.container.is_ephemeral

    @property
    def pressed(self) -> _Pressed:
        """What was pressed."""
        if not self.actions:
            raise Stale
        return self.actions[0]


class _State(Sent):
    values: Mapping[str, Mapping[str, Element]] = Field(default_factory=dict)


class _Form(Sent):
    private_metadata: str = ""
    state: _State = _State()


def filled(shape: type[T], view: Mapping[str, Any]) -> T:
    """A submitted form as the value that it fills, or raise Stale."""
    return read(shape, answers(view))


def answers(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a form's fields hold, without those that were left empty, and what it was opened with.

    A field has the name of its block, which is that of the element in it too.
    """
    form = read(_Form, view)
    found = {name: _answer(name, elements) for name, elements in form.state.values.items()}
    given = {name: answer for name, answer in found.items() if answer is not None}
    return given | parsed(dict[str, Any], form.private_metadata or "{}")


def _answer(name: str, elements: Mapping[str, Element]) -> object:
    return elements[name].answer if name in elements else None


def read(shape: type[T], sent: object) -> T:
    """What was sent as what it should be, or raise Stale."""
    try:
        found: T = _adapter(shape).validate_python(sent)
    except ValidationError:
        raise Stale from None
    return found


def words(shape: type[T], value: str) -> T:
    """The parts of a button's value, which stand apart by one space; *shape* is a tuple."""
    return read(shape, tuple(value.split(" ")))


def parsed(shape: type[T], text: str) -> T:
    """What a text holds as JSON, or raise Stale."""
    try:
        found: T = _adapter(shape).validate_json(text)
    except (ValidationError, UnicodeError):
        raise Stale from None
    return found
