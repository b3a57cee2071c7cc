"""Text that is longer than a form, or not yet meant for anyone: kept whole until it becomes a question."""

from handlers.block_kit import mrkdwn
from handlers.interactions import ids
from handlers.interactions.command_call import Call
from kernel.desk import Desk
from kernel.errors import Ended, MadeWay, NotYours
from kernel.values import PersonId
from mentoring.requests import drafts
from mentoring.requests.drafts import MOST, Draft, Source, fitting


async def keep(call: Call, text: str, source: Source) -> Draft:
    """Keep the text of a command or a shortcut; the same call again keeps it once."""
    draft_id = ids.caused_by(f"draft {call.cause}")
    return await drafts.keep(
        call.desk, call.me, call.now, text=fitting(text), source=source, draft_id=draft_id
    )


async def mine(desk: Desk, draft_id: str, me: PersonId) -> Draft:
    """Return one of my drafts."""
    draft = await desk.get(Draft, draft_id)
    if draft.person_id != me:
        raise NotYours
    return draft


async def still_kept(desk: Desk, draft_id: str, me: PersonId) -> Draft:
    """Return one of my drafts that waits to be used; Ended where it was used, forgotten or made way."""
    draft = await mine(desk, draft_id, me)
    if draft.state != "kept":
        raise Ended
    return draft


async def rest_of(desk: Desk, draft_id: str | None, me: PersonId) -> str:
    """Return what of a draft did not fit into the form, or nothing where there is no draft."""
    draft = await mine(desk, draft_id, me) if draft_id else None
    if draft and draft.state == "displaced":
        raise MadeWay(MOST)
    return draft.text[len(mrkdwn.opening(draft.text)) :] if draft else ""
