"""A small feature as a newcomer would add it: somebody thanks a colleague, who sees it for a week.

It touches nothing of the app. It has a document, two cards, an agenda entry, a row of the Home tab, a form,
a thread, a command, a word of `/coach-me` and of `/ask-mentor`, and what admins are told; the test beside it
adds it with one line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from pydantic import AwareDatetime, Field

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import AlertWords, Conversation, HomePart, Overview, drawn
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWord
from handlers.interactions.threads import Thread, WrittenMessage
from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours, Refusal
from kernel.features import Exported, Feature, in_lists
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.policy import Section
from kernel.store import EVERY, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import Document, PersonId, Value
from mentoring.admins.alerts import raise_alert
from sensing.safety.safety import Finding

KUDOS_TO = ListName("kudos-to")
KUDOS_FROM = ListName("kudos-from")
KUDOS_FADES = AgendaKind("kudos_fades", "kudos.fade")
KUDOS_GIVEN = CardKind("kudos-given", "kudos")
FORM, SEEN, FLAG = "kudos.form", "kudos.seen", "kudos.flag"


class Kudos(Document):
    """Thanks of one person to another."""

    kind: ClassVar[str] = "kudos"

    from_id: PersonId
    to_id: PersonId
    text: str
    given_at: AwareDatetime
    seen: bool = False
    reply: str = ""

    def lists(self) -> Mapping[str, datetime]:
        """What its receiver has not seen yet stands on their Home tab; what its giver gave is listed."""
        given = {KUDOS_FROM.of(self.from_id): self.given_at}
        return given if self.seen else {**given, KUDOS_TO.of(self.to_id): self.given_at}

    def shows(self) -> list[Show]:
        """Where it is shown: to its receiver and, as given, to its giver."""
        return [Show(self.thing, to=self.to_id), Show(KUDOS_GIVEN.of(self.id), to=self.from_id)]


class KudosRules(Value):
    """How long thanks are shown."""

    fade_days: int = Field(default=7, ge=1, le=90, description="a week: long enough to be back from a trip")


RULES = Section("kudos", KudosRules, "how long thanks are shown")


class OwnThanks(Refusal):
    """Nobody thanks themselves."""


async def give(desk: Desk, me: PersonId, now: datetime, *, to: PersonId, text: str, id: str) -> Kudos:
    """Thank somebody; it fades after some days. Raise OwnThanks for oneself."""
    if to == me:
        raise OwnThanks
    kudos = Kudos(id=id, from_id=me, to_id=to, text=text, given_at=now)
    fades = Later(KUDOS_FADES, id, now + timedelta(days=desk.policy.of(RULES).fade_days))
    await desk.store.commit(lambda _: (None, Changes(put=[kudos], later=[fades], show=kudos.shows())))
    return kudos


async def see(desk: Desk, kudos_id: str, me: PersonId) -> None:
    """Note that its receiver has seen it."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        seen = read.get(Kudos, kudos_id).model_copy(update={"seen": True})
        return None, Changes(put=[seen] if seen.to_id == me else [], show=seen.shows())

    await desk.store.commit(decide, load=[Key(Kudos, kudos_id)])


async def reply(desk: Desk, kudos_id: str, me: PersonId, *, text: str, once: str) -> None:
    """Answer it, once, as long as it was not seen."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        kudos = read.get(Kudos, kudos_id)
        if kudos.to_id != me:
            raise NotYours
        if kudos.seen or kudos.reply:
            raise Ended
        return None, Changes(put=[kudos.model_copy(update={"reply": text})], show=kudos.shows())

    await desk.store.commit(decide, load=[Key(Kudos, kudos_id)], once=once)


async def flag(desk: Desk, kudos_id: str, me: PersonId, now: datetime) -> None:
    """Tell the admins that these thanks are none, as their receiver says."""
    kudos = await desk.get(Kudos, kudos_id)
    if kudos.to_id != me:
        raise NotYours
    facts = {"from_id": kudos.from_id, "to_id": me}
    await raise_alert(desk, f"kudos.{kudos_id}", "kudos_flagged", facts, now)


async def fade(desk: Desk, kudos_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop it with its cards."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(Kudos, kudos_id)])), due=due)


async def take_back(desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop what somebody has given, who asks to be erased."""
    given = [Key(Kudos, id) for id in await desk.store.ids(KUDOS_FROM.of(me), limit=EVERY)]
    await desk.store.commit(lambda _: (None, Changes(drop=given)), load=given)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was submitted."""

    cause: Id
    to: Someone
    text: str = ""


problems = refusals.under("to", thanks="text")


async def called(call: Call, rest: str) -> None:
    """Open the form, with what was typed after the word."""
    fields = [
        blocks.field("to", "Whom do you thank?", blocks.person_menu()),
        blocks.field("text", "What for?", blocks.text_input(initial=rest)),
    ]
    await call.open(
        blocks.modal(FORM, "Kudos", fields, submit="Thank them", metadata=json.dumps({"cause": call.cause}))
    )


async def commanded(call: Call, command: dict[str, Any]) -> None:
    """Open the form, with what was typed after the command."""
    await called(call, mrkdwn.unescape(command.get("text") or ""))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Give what was filled in, or say what is wrong under its field."""
    async with answering(ack, problems):
        filled = payload.filled(Filled, view)
        if not filled.text.strip():
            raise Invalid("thanks", "empty")
        await give(desk, me, now, to=filled.to, text=filled.text, id=filled.cause)


async def seen(press: Press) -> None:
    """Take the row off the Home tab."""
    await press.carry_out(see(press.desk, press.value, press.me))


async def flagged(press: Press) -> None:
    """Have the admins look at it."""
    await press.carry_out(flag(press.desk, press.value, press.me, press.now))


async def answered(call: Call, kudos_id: str, message: WrittenMessage, _finding: Finding) -> None:
    """Take what its receiver writes below it."""
    await reply(call.desk, kudos_id, call.me, text=message.text, once=message.once)


def received(kudos: Kudos) -> Picture:
    """What the receiver sees."""
    said = blocks.section(f"{mrkdwn.mention(kudos.from_id)} thanks you:")
    unkind = blocks.button("It's unkind", FLAG, kudos.id)
    return knock("received", [said, texts.reminder(kudos.text, 200), *blocks.actions([unkind])], closing="")


def given(kudos: Kudos) -> Picture:
    """What the giver sees."""
    state = "seen" if kudos.seen else "on its way"
    said = blocks.section(f"Your thanks to {mrkdwn.mention(kudos.to_id)}: {state}.")
    return quiet(state, [said, *(texts.headed("Their answer:", kudos.reply) if kudos.reply else [])])


def waiting(overview: Overview) -> list[Block]:
    """A row for each that was not seen."""
    return [
        blocks.row(
            f"{mrkdwn.mention(kudos.from_id)}: {texts.quoted(kudos.text)}",
            blocks.button("Seen", SEEN, kudos.id),
        )
        for kudos in overview.of(KUDOS_TO, Kudos)
    ]


def register(app: App) -> None:
    """Listen to the form and the buttons."""
    app.view(FORM)(submitted)
    app.action(SEEN)(seen)
    app.action(FLAG)(flagged)


def unkind(facts: Mapping[str, Any]) -> str:
    """What admins read about thanks that were none."""
    to, by = mrkdwn.mention(str(facts["to_id"])), mrkdwn.mention(str(facts["from_id"]))
    return f"*{to} finds kudos of {by} unkind.*"


CONVERSATION = Conversation(
    feature=Feature(
        name="kudos",
        documents=(Kudos,),
        cards=(KUDOS_GIVEN,),
        agenda={KUDOS_FADES: fade},
        errors=(OwnThanks,),
        belongings={KUDOS_TO: Kudos},
        policy=RULES,
        partings=(take_back,),
        exports=(
            Exported(
                name="kudos given",
                document=Kudos,
                found=in_lists(KUDOS_FROM),
                only=("to_id", "text", "given_at"),
            ),
        ),
    ),
    listen=(register,),
    painters={
        "kudos": drawn(Kudos, lambda kudos, _read, _reader: received(kudos)),
        KUDOS_GIVEN: drawn(Kudos, lambda kudos, _read, _reader: given(kudos)),
    },
    home=(
        HomePart(
            name="kudos", lists={KUDOS_TO: Kudos}, counts=(KUDOS_TO,), waits_in=(KUDOS_TO,), waiting=waiting
        ),
    ),
    coach_words={
        "kudos": SubWord(help="`/coach-me kudos` thanks a colleague.", answer=called, takes_rest=True)
    },
    ask_words={
        "kudos": SubWord(
            help="`/ask-mentor kudos` thanks a colleague.",
            answer=called,
            takes_rest=True,
            most=20,
            also=("thanks",),
        )
    },
    commands={"/kudos": commanded},
    threads={
        "kudos": Thread(
            document=Kudos, listed_in=KUDOS_TO, standing=lambda kudos, me: "resting", answer=answered
        )
    },
    refusals={OwnThanks: lambda no: "That's you. Thank a colleague."},
    field_refusals={("thanks", "empty"): "Say in a few words what for."},
    alerts={"kudos_flagged": AlertWords(unkind)},
)
