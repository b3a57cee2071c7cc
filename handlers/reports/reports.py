"""*Something is wrong*: the button on every card on which people are joined, and what comes of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from handlers.admins import report_card
from handlers.block_kit import blocks, texts
from handlers.block_kit.blocks import View
from handlers.block_kit.errors import Stale
from handlers.block_kit.payload import filled
from handlers.block_kit.picture import Picture
from handlers.block_kit.refusals import under
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Bonded, Overlay, Reader, unchanged
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.reports import form
from handlers.triage import advice
from kernel.errors import Invalid
from kernel.reading import aside
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.admins import reports
from mentoring.model.person import Person

MOST = 50  # blocks of a message
_OF_TALKS = "session.report"  # on messages from when only talks could be reported


class Reports:
    """Takes reports of whatever joins people, by the kind of its document."""

    def __init__(self, bonds: Mapping[str, Bonded]) -> None:
        self._bonds = bonds

    async def something_wrong(self, press: Press) -> None:
        """Open the form of a quiet report."""
        async with press.answering():
            await self._open(press, *form.pressed(press.value))

    async def wrong_in_talk(self, press: Press) -> None:
        """Open the form of a talk, from an older message."""
        async with press.answering():
            await self._open(press, "session", press.value)

    async def reported(self, call: Call, view: View) -> None:
        """Tell the admins what happened."""
        desk = call.desk
        async with answering(call.ack, under("text", about="about")) as answer:
            said = filled(form.Filled, view)
            bond = self._of(said.of).bond
            if not said.said.text:
                raise Invalid("text", "empty")
            done = await reports.report(desk, said.id, call.me, said.said, call.now, of=bond)
            # Who has nobody to hear them is told whom to turn to in any case.
            heard = await aside(call.screening.of, said.said.text)
            care = advice.beside_a_report(heard, desk.policy.support if done.told else ())
            shown = [*report_card.received(done, desk), *care]
            answer.update(response_action="update", view=form.sent(shown))

    def register(self, app: App) -> None:
        """Listen to the button and its form."""
        app.action(form.OPEN)(self.something_wrong)
        app.action(_OF_TALKS)(self.wrong_in_talk)
        app.view(form.FORM)(self.reported)

    async def _open(self, press: Press, kind: str, id: str) -> None:
        bonded, desk = self._of(kind), press.desk
        it = await desk.get(bonded.bond.document, id)
        others = bonded.bond.check_part(it, press.me)
        names = {} if bonded.bond.is_hidden(it) else await desk.store.look(_names(others))
        await press.open(form.form(bonded, it, press.me, names))

    def _of(self, kind: str) -> Bonded:
        found = self._bonds.get(kind)
        if found is None:
            raise Stale
        return found


def overlay(bonded: Bonded) -> Overlay:
    """What puts the button on the cards of what joins people, for those who can report somebody of it."""
    document = bonded.bond.document

    def beside(reader: Reader) -> Iterable[Key]:
        return [Key(document, reader.id)]

    def seen(read: Snapshot, reader: Reader) -> Callable[[Picture], Picture]:
        it = read.find(document, reader.id)
        is_one_of = it is not None and bool(bonded.bond.others(it, reader.to))
        return (lambda picture: _with_button(picture, document.kind, reader.id)) if is_one_of else unchanged

    return Overlay(beside, seen)


def _with_button(picture: Picture, kind: str, id: str) -> Picture:
    """A card with the way to report it beside its last buttons."""
    if picture.is_gone:
        return picture
    button, shown = form.button(kind, id), picture.blocks
    last = shown[-1] if shown else {}
    if last.get("type") == "actions" and len(last["elements"]) < blocks.MOST_ELEMENTS:
        shown = [*shown[:-1], {**last, "elements": [*last["elements"], button]}]
    else:
        shown = [*shown[: MOST - 1], *blocks.actions([button])]
    return replace(picture, blocks=shown, text=blocks.spoken(shown))


def _names(people: Iterable[PersonId]) -> Callable[[Snapshot], Mapping[PersonId, str]]:
    def names(read: Snapshot) -> Mapping[PersonId, str]:
        return {it.id: texts.name(it.called) for it in read.all(Person, list(people)) if it.called}

    return names
