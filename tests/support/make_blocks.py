"""Valid blocks and views, each with what a test changes."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(name: str = "python", **changed: Any) -> Json:
    """An option of a menu."""
    return {"text": plain(name.title()), "value": name, **changed}


def section(text: str = "Text", **changed: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": mrkdwn(text), **changed}


def button(label: str = "Press", **changed: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": "press", **changed}


def actions(*elements: Json, **changed: Any) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements), **changed}


def field(kind: str, block_id: str = "field", **changed: Any) -> Json:
    """An input block around an element of *kind*, whose action id is `it`."""
    optional = changed.pop("optional", False)
    element = {"type": kind, "action_id": "it", **changed}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Label"),
        "optional": optional,
        "element": element,
    }


def modal(*blocks: Json, **changed: Any) -> Json:
    """A modal."""
    body = {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [section()],
    }
    return {**body, **changed}


def home(*blocks: Json, **changed: Any) -> Json:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks) or [section()], **changed}
