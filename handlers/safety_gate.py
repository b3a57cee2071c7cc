"""The gate that every text goes through first: where a life may be in danger, nothing else happens to it.

The text is then not kept and passed on to nobody. Only a guided talk hears of it, and ends.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from handlers import advice, blocks, ids
from handlers.ports import App
from mentoring.desk import Desk
from mentoring.errors import Repeated
from mentoring.store import Changes, Show
from mentoring.values import PersonId
from sensing.safety import Tier, read

Next = Callable[[], Awaitable[Any]]


async def gate(context: dict[str, Any], body: dict[str, Any], next: Next) -> Any:
    """Answer a text that speaks of danger to a life here; let everything else through."""
    if "desk" not in context or all(read(text).tier is not Tier.STOP for text in texts(body)):
        return await next()
    shown = advice.stop(context["desk"].policy.support)
    if "command" in body:
        return await context["ack"](text=blocks.spoken(shown), blocks=shown, response_type="ephemeral")
    if body.get("type") == "view_submission":
        view = blocks.modal("care", "Please talk to someone", shown)
        return await context["ack"](response_action="update", view=view)
    await _told(context["desk"], context["me"], ids.caused_by(body["event_id"]))
    return await next()


def texts(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield every free text that an interaction brings: after a command, in a form's fields, in a message."""
    if "command" in body:
        yield body.get("text") or ""
    elif body.get("type") == "view_submission":
        fields = body["view"].get("state", {}).get("values", {}).values()
        yield from (
            field["value"]
            for inputs in fields
            for field in inputs.values()
            if _is_text(field) and field["value"]
        )
    elif (event := body.get("event") or {}).get("type") == "message" and not event.get("bot_id"):
        yield event.get("text") or ""


def _is_text(field: Mapping[str, Any]) -> bool:
    return field.get("type") == "plain_text_input" and isinstance(field.get("value"), str)


async def _told(desk: Desk, me: PersonId, cause: str) -> None:
    """Show the contacts to the writer of a message, which has no answer of its own; the same one once."""
    try:
        shown = Changes(show=[Show(f"care:{cause}", to=me)])
        await desk.store.commit(lambda _: (None, shown), once=f"care:{cause}")
    except Repeated:
        return


def register(app: App) -> None:
    """Stand before every listener, with the lists of phrases read before the first person writes."""
    read("")
    app.middleware(gate)
