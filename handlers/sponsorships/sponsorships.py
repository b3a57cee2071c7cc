"""The conversation of a sponsorship: its doors and forms, what each of the two presses, how it ends."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from handlers.block_kit import texts, typed_text
from handlers.block_kit.blocks import View
from handlers.interactions import button_click
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.sponsorships import act_form, card, form, words
from handlers.sponsorships.act_form import Filling as ActFilling
from handlers.sponsorships.card import SponsorshipSight
from handlers.sponsorships.form import Filling
from handlers.triage import advice
from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours
from kernel.store import Snapshot
from kernel.values import PersonId
from kernel.working_hours import local_day
from mentoring.model.person import Person, stranger
from mentoring.requests import drafts as kept
from relationships.sponsorships import sponsorships
from relationships.sponsorships.act import Outcome, Word
from relationships.sponsorships.advice import tells_of_advice
from relationships.sponsorships.sponsorship import LONGEST, Role, Sponsorship
from relationships.sponsorships.sponsorships import Deeds
from relationships.sponsorships.suggestions import suggestions


async def called(call: Call, rest: str) -> None:
    """Open the form with what was typed after the word, and whom it names; what doesn't fit is kept whole."""
    text = typed_text.unlabeled(rest)
    named = typed_text.MENTION.search(text)
    wants = " ".join(text.replace(named.group(), " ", 1).split()) if named else text
    is_long = len(wants) > LONGEST
    if is_long:
        await drafts.keep(call, wants, "command")
    who = PersonId(named.group(1)) if named else None
    known = () if who else await suggestions(call.desk, call.me, call.now)
    await call.open(
        form.form(Filling(call.cause, who=who, wants=wants), words.KEPT if is_long else "", known)
    )


async def find(press: Press) -> None:
    """Open an empty form for one's own sponsor."""
    await _open_form(press, "protege")


async def offer(press: Press) -> None:
    """Open an empty form for whom one would sponsor."""
    await _open_form(press, "sponsor")


async def _open_form(press: Press, role: Role) -> None:
    async with press.answering():
        known = await suggestions(press.desk, press.me, press.now) if role == "protege" else ()
        await press.open(form.form(Filling(press.cause, role), known=known))


async def from_advice(press: Press) -> None:
    """Open the form with a text that was kept."""
    async with press.answering():
        draft = await drafts.still_kept(press.desk, press.value, press.me)
        is_long = len(draft.text) > LONGEST
        filling = Filling(press.cause, wants=draft.text, draft_id=None if is_long else draft.id)
        known = await suggestions(press.desk, press.me, press.now)
        await press.open(form.form(filling, words.KEPT if is_long else "", known))


async def another(press: Press) -> None:
    """Open the form again with what was asked of somebody who can't."""
    async with press.answering():
        before, _ = await seen(press.desk, press.value, press.me, press.now)
        if before.asked_by != press.me:
            raise NotYours
        known = await suggestions(press.desk, press.me, press.now)
        filling = Filling(press.cause, wants=before.wants, line=before.brief)
        await press.open(form.form(filling, known=known))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Ask, or offer; problems go back into the form, and everything typed stays."""
    filling = form.filled(view)
    async with answering(ack, form.problems) as answer:
        if filling.who is None:
            raise Invalid("who", "empty")
        if filling.role == "sponsor" and filling.line.strip():
            raise Invalid("line", "not_yours")
        await sponsorships.ask(
            desk,
            me,
            filling.who,
            now,
            role=filling.role,
            wants=filling.wants,
            line=filling.line,
            once=filling.cause,
        )
        if filling.draft_id:
            await kept.discard(desk, filling.draft_id, me, now)
        answer["response_action"] = "clear"


async def accept(press: Press) -> None:
    """Say yes."""
    await press.carry_out(sponsorships.accept(press.desk, press.value, press.me, press.now))


async def decline(press: Press) -> None:
    """Say not now."""
    await press.carry_out(sponsorships.decline(press.desk, press.value, press.me, press.now))


async def withdraw(press: Press) -> None:
    """Take the question back."""
    await press.carry_out(sponsorships.withdraw(press.desk, press.value, press.me, press.now))


async def line(press: Press) -> None:
    """Open the form of the line for the room."""
    async with press.answering():
        it, _ = await _going(press, press.value)
        if it.protege_id != press.me:
            raise NotYours
        await press.open(form.line(it))


async def line_written(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Save the line for the room."""
    written = form.line_filled(view)
    async with answering(ack, form.line_problems):
        await sponsorships.write_line(desk, written.sponsorship_id, me, written.line, now)


async def note(press: Press) -> None:
    """Open the form of an act."""
    async with press.answering():
        it, sight = await _going(press, press.value)
        if it.sponsor_id != press.me:
            raise NotYours
        whom = await name_of(press.desk, it.protege_id)
        await press.open(act_form.form(ActFilling(it.id, press.cause), whom, sight.today, chosen=False))


async def noted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Note an act. Advice, and what was noted already, comes back with a word on it, as it was typed."""
    filling = act_form.filled(view)
    async with answering(ack, act_form.problems) as answer:
        it, sight = await seen(desk, filling.sponsorship_id, me, now)
        whom = await name_of(desk, it.protege_id)
        if filling.deed == "advice":
            said = act_form.of_advice(filling, whom, is_sure=True)
            again: View | None = act_form.form(filling, whom, sight.today, said)
        else:
            deeds = Deeds(filling.deed, filling.audience, filling.acted_on or sight.today, filling.what)
            mine = await desk.find(Person, me) or stranger(me, now)
            sponsorships.new_act(deeds, mine, now)
            again = _cautioned(it, filling, deeds, whom, sight.today)
            if again is None:
                await sponsorships.note(desk, it.id, me, deeds, now, once=filling.cause)
        if again:
            answer.update(response_action="update", view=again)


def _cautioned(it: Sponsorship, filling: ActFilling, deeds: Deeds, whom: str, today: date) -> View | None:
    """The form with a word on what was filled in, or None where it is to be noted as it is."""
    alike, told = it.alike(deeds.deed, deeds.on), filling.cautioned
    if tells_of_advice(deeds.what) and "advice" not in told:
        warned = replace(filling, cautioned=(*told, "advice"))
        return act_form.form(warned, whom, today, act_form.of_advice(filling, whom, is_sure=False))
    if alike and "alike" not in told:
        warned = replace(filling, cautioned=(*told, "alike"))
        return act_form.form(warned, whom, today, act_form.of_alike(alike, today))
    return None


async def offer_talk(press: Press) -> None:
    """Offer a talk in the place of advice, with what stands in the form."""
    async with press.answering():
        filling = act_form.filled(press.body.get("view") or {})
        await sponsorships.offer_talk(press.desk, filling.sponsorship_id, press.me, filling.what, press.now)
        await press.turn(button_click.window(words.TALK_OFFERED))


async def talk(press: Press) -> None:
    """Open the form of an ordinary question, with the sponsor asked first."""
    async with press.answering():
        it, _ = await _going(press, press.value)
        if it.talk is None or it.protege_id != press.me:
            raise Ended
        about = words.OFFERED.format(it.talk.about) if it.talk.about else ""
        filling = request_form.Filling(press.cause, question=about, prefer=it.sponsor_id)
        await press.open(await request_form.opened(filling, press))
        await sponsorships.settle_talk(press.desk, it.id, press.me, press.now)


async def no_talk(press: Press) -> None:
    """Leave the talk that was offered."""
    await press.carry_out(sponsorships.settle_talk(press.desk, press.value, press.me, press.now))


async def confirm(press: Press) -> None:
    """Say whether an act was so."""
    id, number = card.numbered(press.value)
    word: Word = "yes" if press.action_id.endswith(".yes") else "no"
    await press.carry_out(sponsorships.confirm(press.desk, id, press.me, press.now, number=number, word=word))


async def unsay(press: Press) -> None:
    """Take back what was just said of an act."""
    id, number = card.numbered(press.value)
    await press.carry_out(sponsorships.unsay(press.desk, id, press.me, press.now, number=number))


async def came_of(press: Press) -> None:
    """Say what came of an act."""
    id, number = card.numbered(press.value)
    outcome = _OUTCOMES[press.action_id.rpartition(".")[2]]
    await press.carry_out(
        sponsorships.come_to(press.desk, id, press.me, press.now, number=number, outcome=outcome)
    )


_OUTCOMES: dict[str, Outcome] = {"happened": "happened", "no": "no", "pending": "pending"}


async def nothing(press: Press) -> None:
    """Say that there was nothing this month."""
    await press.carry_out(sponsorships.nothing_new(press.desk, press.value, press.me, press.now))


async def acts(press: Press) -> None:
    """Show all acts."""
    async with press.answering():
        await press.open(act_form.window(*await seen(press.desk, press.value, press.me, press.now)))


async def take_back(press: Press) -> None:
    """Take an act back, and show those that are left."""
    id, number = card.numbered(press.value)
    async with press.answering():
        await sponsorships.take_back(press.desk, id, press.me, press.now, number=number)
        await press.turn(act_form.window(*await seen(press.desk, id, press.me, press.now)))


async def finish(press: Press) -> None:
    """End it."""
    await press.carry_out(sponsorships.finish(press.desk, press.value, press.me, press.now))


async def _going(press: Press, id: str) -> tuple[Sponsorship, SponsorshipSight]:
    """A sponsorship of theirs that goes on, or refuse one that has ended."""
    it, sight = await seen(press.desk, id, press.me, press.now)
    if it.state != "going":
        raise Ended
    return it, sight


async def seen(desk: Desk, id: str, me: PersonId, now: datetime) -> tuple[Sponsorship, SponsorshipSight]:
    """A sponsorship of somebody's, and how they see it."""

    def view(read: Snapshot) -> tuple[Sponsorship, SponsorshipSight]:
        it = read.get(Sponsorship, id).check_one_of(me)
        return it, sight_of(read, it, me, now)

    return await desk.store.look(view)


def sight_of(read: Snapshot, it: Sponsorship, me: PersonId, now: datetime) -> SponsorshipSight:
    """How one of the two sees it."""
    mine, other = read.find(Person, me), read.find(Person, it.other(me))
    is_gone = other is not None and other.standing not in ("active", "unknown")
    return SponsorshipSight(me, now, local_day(now, mine.zone if mine else "UTC"), has_other_left=is_gone)


async def name_of(desk: Desk, who: PersonId) -> str:
    """What somebody is called, for a line without markup."""
    person = await desk.find(Person, who)
    return (texts.name(person.called) if person else "") or words.THE_OTHER


def register(app: App) -> None:
    """Listen to sponsorships."""
    for action, listener in {
        form.FIND: find,
        form.OFFER: offer,
        advice.SPONSOR: from_advice,
        card.YES: accept,
        card.NO: decline,
        card.WITHDRAW: withdraw,
        card.LINE: line,
        card.NOTE: note,
        card.TAKE_BACK: take_back,
        card.NOTHING: nothing,
        card.UNSAY: unsay,
        card.TALK: talk,
        card.NO_TALK: no_talk,
        card.ACTS: acts,
        card.FINISH: finish,
        card.ANOTHER: another,
        act_form.OFFER_TALK: offer_talk,
        **{f"{card.CONFIRM}.{word}": confirm for word in words.ANSWERS},
        **{f"{card.CAME_OF}.{came}": came_of for came in words.OUTCOMES},
    }.items():
        app.action(action)(listener)
    app.view(form.FORM)(submitted)
    app.view(form.LINE_FORM)(line_written)
    app.view(act_form.FORM)(noted)
