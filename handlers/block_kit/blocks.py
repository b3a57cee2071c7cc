"""The few Block Kit blocks that the app uses, as dictionaries. No words and no ids are chosen here.

slack_sdk's models take 30 times as long (0.7 ms for a card of six blocks), refuse a text too long where
these cut it, and let pass an empty section, two equal action ids and an initial text longer than its field.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from handlers.block_kit import labels, mrkdwn, typed_text
from handlers.block_kit.payload import MORE

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]

VERBATIM = 1_500  # characters of one block
_SET_OFF = frozenset({"rich_text_quote", "rich_text_preformatted"})
LABELED = 600  # what a line with a label shows of a longer text
_NEWLINE: Element = {"type": "text", "text": "\n"}
SIDES = ("positive_button", "negative_button")  # of feedback_buttons
MESSAGE_TEXT = 39_000  # Slack cuts a message's text at 40,000


def plain(text: str, limit: int) -> Element:
    """A plain text object that fits; nothing in it is markup, and nothing hidden."""
    return {"type": "plain_text", "text": mrkdwn.cut(typed_text.visible(text), limit), "emoji": False}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of mrkdwn, cut where one section ends."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn.cut(text, mrkdwn.SECTION)}}
    return {**block, "accessory": accessory} if accessory else block


def paragraphs(text: str) -> list[Block]:
    """A long text in as many sections as it needs."""
    return [section(piece) for piece in mrkdwn.split(text)]


def verbatim(text: str) -> list[Block]:
    """A text as it is, nothing in it markup or hidden, in as many blocks as it needs."""
    seen = typed_text.visible(text)
    pieces = [seen[start : start + VERBATIM] for start in range(0, len(seen), VERBATIM)]
    return [_rich({"type": "rich_text_preformatted", "elements": [_leaf(it, False)]}) for it in pieces]


def row(text: str, accessory: Element | None = None) -> Block:
    """A paragraph in which nothing is markup, for a line that holds what somebody typed."""
    block: Block = {"type": "section", "text": plain(text, mrkdwn.SECTION)}
    return {**block, "accessory": accessory} if accessory else block


def quotation(text: str) -> list[Block]:
    """All of what somebody typed as a quotation, in as many blocks as it needs.

    Nothing in it is markup, nobody is notified by it, and a link shows its whole address.
    """
    return [_rich(_quoted(piece)) for piece in mrkdwn.split(typed_text.visible(text.strip()))]


def labeled(label: str, text: str, limit: int = LABELED) -> Block:
    """The beginning of what somebody typed as a quotation under a few words of the app's own."""
    beginning = mrkdwn.cut(typed_text.visible(text.strip()), limit) or "…"
    return _rich({"type": "rich_text_section", "elements": [_bold(label)]}, _quoted(beginning))


def lines(said: Iterable[tuple[str, str]]) -> Block:
    """Lines of a label in bold, if any, and a text, in which nothing is markup but links."""
    rows = [[*([_bold(f"{label} ")] if label else []), *_leaves(text)] for label, text in said]
    elements = [leaf for row in rows for leaf in (*row, _NEWLINE)]
    return _rich({"type": "rich_text_section", "elements": elements[:-1]})


def _bold(words: str) -> Element:
    return {"type": "text", "text": typed_text.visible(words), "style": {"bold": True}}


def _leaves(text: str) -> list[Element]:
    return [_leaf(*part) for part in typed_text.parts(typed_text.visible(text))]


def _quoted(piece: str) -> Element:
    return {"type": "rich_text_quote", "elements": _leaves(piece)}


def _leaf(text: str, is_link: bool) -> Element:
    return {"type": "link", "url": text, "text": text} if is_link else {"type": "text", "text": text}


def _rich(*elements: Element) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def context(*texts: str) -> Block:
    """Small print: at most ten lines of mrkdwn."""
    elements = [{"type": "mrkdwn", "text": mrkdwn.cut(text, mrkdwn.SECTION)} for text in texts[:10]]
    return {"type": "context", "elements": elements}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


MOST_ELEMENTS = 25  # in one row of buttons


def actions(elements: Iterable[Element | None], block_id: str | None = None) -> list[Block]:
    """A row of buttons, or nothing when there is none to show."""
    row = [element for element in elements if element is not None]
    block: Block = {"type": "actions", "elements": row}
    return [({**block, "block_id": block_id} if block_id else block)] if row else []


def button(
    label: str, action_id: str, value: str, *, style: str = "", confirm: Element | None = None
) -> Element:
    """A button; *style* is `primary`, `danger` or nothing. Danger is red where it asks back, too."""
    element: Element = {"type": "button", "action_id": action_id, "value": value, "text": plain(label, 75)}
    styled = {**element, "style": style} if style else element
    asked = {**confirm, "style": style} if confirm and style == "danger" else confirm
    return {**styled, "confirm": asked} if asked else styled


def feedback(action_id: str, yes: tuple[str, str], no: tuple[str, str]) -> Block:
    """Slack's pair of buttons for rating what a model wrote; each side is a label and a value."""
    sides = {name: _side(*side) for name, side in zip(SIDES, (yes, no), strict=True)}
    pair = {"type": "feedback_buttons", "action_id": action_id, **sides}
    return {"type": "context_actions", "elements": [pair]}


def _side(label: str, value: str) -> Element:
    return {"text": plain(label, 75), "value": value}


def without_agents(shown: Iterable[Block]) -> list[Block]:
    """The same blocks with plain buttons for each *feedback*, for a workspace without agents."""
    return [_as_buttons(block) if block["type"] == "context_actions" else block for block in shown]


def _as_buttons(block: Block) -> Block:
    [pair] = block["elements"]
    buttons = [
        button(pair[side]["text"]["text"], f"{pair['action_id']}.{side}", pair[side]["value"])
        for side in SIDES
    ]
    return {"type": "actions", "elements": buttons}


def confirmation(title: str, text: str, yes: str, no: str) -> Element:
    """The question asked before a button that cannot be taken back."""
    return {
        "title": plain(title, 100),
        "text": {"type": "mrkdwn", "text": mrkdwn.cut(text, 300)},
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(label: str, value: str) -> Element:
    """One choice of a menu."""
    return {"text": plain(label, 75), "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """A menu behind three dots, of one to five choices."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def more(buttons: Sequence[Element]) -> Element:
    """Up to five buttons, that ask nothing back, as a menu behind three dots; one alone stays one.

    A choice there is a press of the button: `payload.unfold`.
    """
    return buttons[0] if len(buttons) == 1 else overflow(MORE, _pressed(buttons))


def folded(buttons: Sequence[Element], label: str) -> Element:
    """Up to a hundred buttons, that ask nothing back, as a menu with a label; a choice there is a press."""
    return {**menu(_pressed(buttons), placeholder=label), "action_id": MORE}


def _pressed(buttons: Sequence[Element]) -> list[Element]:
    return [option(it["text"]["text"], f"{it['action_id']} {it['value']}") for it in buttons]


def field(
    name: str, label: str, element: Element, *, hint: str = "", optional: bool = False, dispatch: bool = False
) -> Block:
    """One field of a form. Its name is its block id and, unless it says otherwise, its action id."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    hinted = {**block, "hint": plain(hint, 2000)} if hint else block
    return {**hinted, "dispatch_action": True} if dispatch else hinted


def text_input(
    *, initial: str = "", placeholder: str = "", multiline: bool = False, at_most: int = mrkdwn.SECTION
) -> Element:
    """A text field; what does not fit of the initial text is left out."""
    element: Element = {"type": "plain_text_input", "multiline": multiline, "max_length": at_most}
    filled = {**element, "initial_value": mrkdwn.fitting(initial, at_most)} if initial else element
    return {**filled, "placeholder": plain(placeholder, 150)} if placeholder else filled


def radio(options: Sequence[Element], initial: str | None = None) -> Element:
    """Radio buttons with the choice of that value set."""
    return _with_initial({"type": "radio_buttons", "options": list(options)}, options, initial)


def menu(options: Sequence[Element], initial: str | None = None, placeholder: str = "Choose") -> Element:
    """A drop-down of at most 100 choices."""
    element = {"type": "static_select", "options": list(options), "placeholder": plain(placeholder, 150)}
    return _with_initial(element, options, initial)


def _with_initial(element: Element, options: Sequence[Element], initial: str | None) -> Element:
    chosen = next((one for one in options if one["value"] == initial), None)
    return {**element, "initial_option": chosen} if chosen else element


def several(options: Sequence[Element], initial: Iterable[str] = (), placeholder: str = "None") -> Element:
    """A drop-down of at most 100 choices, of which several may be made."""
    chosen = [one for one in options if one["value"] in set(initial)]
    element = {
        "type": "multi_static_select",
        "options": list(options),
        "placeholder": plain(placeholder, 150),
    }
    return {**element, "initial_options": chosen} if chosen else element


def checkboxes(options: Sequence[Element], initial: Iterable[str] = ()) -> Element:
    """At most ten boxes, those of the given values ticked."""
    ticked = [one for one in options if one["value"] in set(initial)]
    element: Element = {"type": "checkboxes", "options": list(options)}
    return {**element, "initial_options": ticked} if ticked else element


def type_ahead(initial: Sequence[Element] = (), *, placeholder: str, at_most: int | None = None) -> Element:
    """A menu of several choices that asks the app for them from the first letter on, and before it."""
    element: Element = {
        "type": "multi_external_select",
        "min_query_length": 0,
        "placeholder": plain(placeholder, 150),
    }
    limited = {**element, "max_selected_items": at_most} if at_most else element
    return {**limited, "initial_options": list(initial)} if initial else limited


def person_menu(initial: str | None = None, placeholder: str = labels.CHOOSE_PERSON) -> Element:
    """A menu of the workspace's people."""
    element: Element = {"type": "users_select", "placeholder": plain(placeholder, 150)}
    return {**element, "initial_user": initial} if initial else element


def people_menu(initial: Sequence[str] = (), placeholder: str = labels.CHOOSE_PEOPLE) -> Element:
    """A menu for several of the workspace's people."""
    element: Element = {"type": "multi_users_select", "placeholder": plain(placeholder, 150)}
    return {**element, "initial_users": list(initial)} if initial else element


def date_picker(initial: date | None = None) -> Element:
    """A field for a day."""
    element: Element = {"type": "datepicker"}
    return {**element, "initial_date": initial.isoformat()} if initial else element


def date_time_picker(initial: datetime | None = None) -> Element:
    """A field for a day and a time, in the zone of the person who picks."""
    element: Element = {"type": "datetimepicker"}
    return {**element, "initial_date_time": int(initial.timestamp())} if initial else element


def file_input(types: Sequence[str]) -> Element:
    """A field for one file of these types; the app needs the scope `files:read`."""
    return {"type": "file_input", "filetypes": list(types), "max_files": 1}


def modal(
    callback_id: str,
    title: str,
    blocks: Iterable[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    metadata: str = "",
) -> View:
    """A modal view; without *submit* it is for reading and can only be closed."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close or (labels.CANCEL if submit else labels.CLOSE), 24),
        "blocks": list(blocks)[:100],
        "private_metadata": metadata,
    }
    return {**view, "submit": plain(submit, 24)} if submit else view


def spoken(blocks: Iterable[Block]) -> str:
    """Every visible word of a message's blocks, for screen readers and for a phone's notification."""
    lines = [line for block in blocks for line in _lines(block)]
    return mrkdwn.cut("\n".join(lines), MESSAGE_TEXT)


def _lines(block: Block) -> list[str]:
    if block["type"] == "rich_text":
        return [line for part in block["elements"] for line in _said_richly(part)]
    if block["type"] in ("actions", "context_actions"):
        return _labels(block["elements"])
    own = [_said(block["text"])] if "text" in block else []
    beside = _labels([block["accessory"]]) if "accessory" in block else []
    return [*own, *(_said(one) for one in block.get("elements", ()) if "text" in one), *beside]


def _said_richly(part: Element) -> list[str]:
    """The lines of a part of rich text, those of a quotation marked as one."""
    lines = "".join(mrkdwn.inert(leaf["text"]) for leaf in part["elements"]).split("\n")
    return [f"> {line}" for line in lines] if part["type"] in _SET_OFF else lines


def _labels(elements: Iterable[Element]) -> list[str]:
    sides = [side for one in elements for side in (one, *(one[key] for key in SIDES if key in one))]
    labels = [f"[{mrkdwn.inert(side['text']['text'])}]" for side in sides if "text" in side]
    return [" ".join(labels)] if labels else []


def _said(text: Element) -> str:
    words: str = text["text"]
    return mrkdwn.inert(words) if text["type"] == "plain_text" else words
