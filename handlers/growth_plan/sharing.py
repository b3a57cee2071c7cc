"""Sharing goals as they stand with one person, reading what is shared, who saw it, and taking it along."""

import re
from datetime import datetime
from typing import Any

from handlers.block_kit import payload
from handlers.block_kit.blocks import View
from handlers.growth_plan import share_form, window, window_reader
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.growth_plan import sharing
from relationships.growth_plan.growth_plan import Format
from relationships.growth_plan.shared_version import SharedVersion, changes_since


async def open_form(press: Press) -> None:
    """Open the form."""
    async with press.answering():
        seen = await window_reader.plan_window(press.desk, press.me, press.now)
        await window_reader.show(press, share_form.form(seen, press.cause))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Show what its reader would read, and share it once that has been seen as it stands now."""
    filled = share_form.filled(view)
    async with answering(ack, share_form.problems) as answer:
        if filled.reader is None:
            raise Invalid("reader", "empty")
        what, with_history = filled.shared_goals, share_form.WITH_HISTORY in filled.also
        goals = await sharing.preview(desk, me, filled.reader, what, now, with_history=with_history)
        if not share_form.has_seen(filled, goals):
            mine = await window_reader.plan_window(desk, me, now)
            answer.update(response_action="update", view=share_form.preview(mine, filled, goals))
            return
        shared_id = ids.caused_by(f"share {filled.cause}")
        await sharing.share(
            desk, me, filled.reader, what, now, with_history=with_history, shared_id=shared_id
        )
        answer.update(response_action="update", view=await _seen(desk, me, now))


async def show_seen(press: Press) -> None:
    """Show who saw one's goals."""
    async with press.answering():
        await window_reader.show(press, await _seen(press.desk, press.me, press.now))


async def stop(press: Press) -> None:
    """Share no more."""
    async with press.answering():
        await sharing.stop(press.desk, press.me, press.value, press.now)
        await window_reader.show(press, await _seen(press.desk, press.me, press.now))


async def read(press: Press) -> None:
    """Show what somebody shares, and note that it was opened."""
    async with press.answering():
        shared, earlier = await sharing.open_shared(press.desk, press.me, press.value, press.now)
        await window_reader.show(press, await _reading(press, shared, earlier))


async def _reading(press: Press, shared: SharedVersion, earlier: SharedVersion | None) -> View:
    person = await press.desk.find(Person, press.me)
    changes = changes_since(earlier, shared) if earlier else None
    return share_form.reading(shared, changes, press.now, person.zone if person else "UTC")


async def show_exports(press: Press) -> None:
    """Ask what the plan is exported as."""
    async with press.answering():
        await window_reader.show(press, share_form.exports())


async def export(press: Press) -> None:
    """Have the plan sent."""
    [format] = payload.words(tuple[Format], press.value)
    async with press.answering():
        await sharing.export(press.desk, press.me, format, press.now, once=press.cause)
        await window_reader.show(press, share_form.on_its_way())


async def _seen(desk: Desk, me: PersonId, now: datetime) -> View:
    seen = await window_reader.plan_window(desk, me, now)
    readers = [it.reader_id for it in seen.shared if it.reader_id]

    def left(read: Snapshot) -> dict[str, bool]:
        people = {it: read.find(Person, it) for it in readers}
        return {it: person.is_gone for it, person in people.items() if person}

    return share_form.seen(seen, await desk.store.look(left))


def register(app: App) -> None:
    """Listen to sharing and exports."""
    app.action(window.SHARE)(open_form)
    app.action(window.SEEN)(show_seen)
    app.action(window.EXPORTS)(show_exports)
    app.action(share_form.STOP)(stop)
    app.action(share_form.READ)(read)
    app.action(re.compile(rf"{re.escape(share_form.EXPORT)}\.(?:md|json|html)"))(export)
    app.view(share_form.FORM)(submitted)
