"""`/coach-me`: which kind of help fits, and guided talks, one question at a time."""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.forms import FORMS
from coaching.guide import consent, talks
from coaching.guide.consent import Consent
from coaching.guide.model import Terms
from coaching.guide.talk import OPEN_GUIDED_TALKS, GuidedTalk
from coaching.language.commands import says_how_it_is
from coaching.language.form import FormId
from handlers.availability import remarks
from handlers.block_kit import blocks, draft_buttons, labels, mrkdwn
from handlers.block_kit.blocks import View
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import model_consent
from handlers.guided_talks import outcome as talk_outcome
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.intents import Wish, wish
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWord, SubWords
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.requests.form import Filling
from handlers.triage import advice, level_menu, mind_form, triage_step, words
from kernel.desk import Desk
from kernel.errors import Ended
from kernel.policy import Policy
from kernel.reading import aside
from kernel.values import PersonId
from mentoring.admins import member_list
from mentoring.people import people
from mentoring.people.preferences import record_choice
from mentoring.requests import drafts as kept
from sensing.safety.safety import Tier
from sensing.triage.triage import Choice, advise

COMMAND = "/coach-me"
EVERYTHING = "coach.everything"
_OWN_WORDS = ("help", "privacy", "stop")
_LONGEST_GOAL = 300


class CoachMe:
    """The command, with the *words* of the features that may follow it besides its own."""

    def __init__(self, words: Iterable[tuple[str, SubWord]]) -> None:
        self._words = SubWords(COMMAND, words, taken=_OWN_WORDS)

    def help(self, policy: Policy) -> str:
        """All that can be typed after the command."""
        lengths = [form.minutes for form in FORMS.values()]
        lines = "\n".join(f"• {line}" for line in self._words.help)
        return words.WHOLE_HELP.replace("{words}", lines).format(
            shortest=min(lengths), longest=max(lengths), turn=policy.peer_turn_minutes
        )

    async def answer(self, call: Call, command: dict[str, Any]) -> None:
        """Answer with the kind of help that fits, or with what a sub-word asks for."""
        text = mrkdwn.unescape(command.get("text") or "").strip()
        line = text.lower().strip(".!?")
        first = line.partition(" ")[0].rstrip(":,")
        name = self._words.named(first)
        word = self._words[name] if name else None
        rest = text[len(first) :].lstrip(":, ").strip()
        if line in ("", "help"):
            ways = [request_form.open_button(), blocks.button(labels.SHOW_EVERYTHING, EVERYTHING, "help")]
            shown = [blocks.section(words.HELP), *blocks.actions(ways)]
            await call.say(blocks.spoken(shown), shown)
        elif line == "privacy":
            shown = model_consent.privacy(call.desk.policy, call.terms, await consent.of(call.desk, call.me))
            await call.say(blocks.spoken(shown), shown)
        elif line == "stop":
            await _stop_open(call)
        elif word and (not rest or await _begins(call, word, first, text, rest)):
            await word.answer(call, rest)
        elif meant := _remark(call, text):
            await remarks.answer(call, meant, text)
        else:
            await _advise(call, text)

    async def everything(self, press: Press) -> None:
        """Say all that can be typed."""
        shown = [blocks.section(self.help(press.desk.policy))]
        await press.open(blocks.modal("window", words.ALL_WAYS, shown))
        await press.ack()

    def register(self, app: App) -> None:
        """Listen to what the help opens."""
        app.action(EVERYTHING)(self.everything)


async def _begins(call: Call, word: SubWord, first: str, text: str, rest: str) -> bool:
    """Whether a line begins what its first word names: not where it says how somebody or something is."""
    if says_how_it_is(first, rest):
        return False
    return word.takes_rest or (word.takes_goal and await _is_goal(call, text, rest))


async def _is_goal(call: Call, text: str, rest: str) -> bool:
    """Whether the *rest* of a line names a goal: not where the line asks something, is a worry or is long."""
    if len(rest) > _LONGEST_GOAL or rest.endswith("?"):
        return False
    if (await aside(call.screening.of, text)).tier is not Tier.NONE:
        return False
    advised = await aside(advise, text)
    return advised.choice is Choice.SPRINT or not advised.is_clear


def _remark(call: Call, text: str) -> Wish | None:
    """What a text asks of the app that can be nothing to talk over, as *fewer questions*."""
    said = wish(text, call.now)
    is_meant = said is not None and said.is_to_the_app and call.screening.of(text).tier is Tier.NONE
    return said if is_meant else None


async def open_form(press: Press) -> None:
    """Ask what is on somebody's mind, from a button."""
    await press.open(mind_form.form(press.cause))
    await press.ack()


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep what is on somebody's mind; the advice comes in their messages with the app."""
    filled = mind_form.filled(view)
    async with answering(ack, mind_form.problems):
        draft_id = ids.caused_by(f"draft {filled.cause}")
        await kept.keep(desk, me, now, text=filled.mind, source="home", draft_id=draft_id)


async def _advise(call: Call, text: str) -> None:
    finding, contacts = await aside(call.screening.of, text), call.desk.policy.support
    if finding.tier is Tier.STOP:
        shown = advice.stop(contacts)
    else:
        draft = await drafts.keep(call, text, "coach")
        shown = (
            await triage_step.doors(call.desk, call.me, draft, call.screening) if contacts else _off(draft.id)
        )
    await call.say(blocks.spoken(shown), shown)


def _off(draft_id: str) -> list[blocks.Block]:
    ask = blocks.button(words.ASK_PERSON, draft_buttons.CHANGE, draft_id, style="primary")
    return advice.switched_off(ask)


async def _stop_open(call: Call) -> None:
    """End the guided talks that are open."""
    found = await call.desk.store.ids(OPEN_GUIDED_TALKS.of(call.me), limit=20)
    for talk_id in found:
        with suppress(Ended):
            await talks.stop(call.desk, talk_id, call.me, call.now)
    await call.say(words.ENDED if found else words.NONE_OPEN)


async def begin(press: Press) -> None:
    """Begin a guided talk about a text that was kept; before the first, ask whether a model may lead it."""
    form, draft_id = advice.chosen(press.value)
    async with press.answering():
        if press.terms and await _is_owed_a_choice(press, press.terms):
            shown = model_consent.asked(press.terms, f"{draft_id} {form}")
            await member_list.want(press.desk, press.now)
            await press.say(blocks.spoken(shown), shown, replace=True)
        else:
            await _begin(press, draft_id, form)


async def say_level(press: Press) -> None:
    """Take how experienced somebody is, and advise them anew."""
    level, draft_id = level_menu.chosen(press.value)
    async with press.answering():
        draft = await drafts.still_kept(press.desk, draft_id, press.me)
        show = [] if press.is_on_receipt else draft.shows()
        await people.say_level(press.desk, press.me, level, press.now, show)
        if press.is_on_receipt:
            shown = await triage_step.doors(press.desk, press.me, draft)
            await press.say(blocks.spoken(shown), shown, replace=True)


async def _is_owed_a_choice(press: Press, terms: Terms) -> bool:
    said = await consent.of(press.desk, press.me)
    return consent.is_allowed(press.desk.policy) and said.is_owed(terms)


async def _begin(press: Press, draft_id: str, form: FormId) -> None:
    draft = await drafts.still_kept(press.desk, draft_id, press.me)
    talk_id = ids.caused_by(f"talk {draft.id}")
    begun = {"opening": draft.text, "talk_id": talk_id, "message_id": draft.id}
    await talks.begin(press.desk, press.me, press.now, form=form, **begun)
    await kept.discard(press.desk, draft.id, press.me, press.now)
    advised = await aside(advise, draft.text)
    await record_choice(press.desk, press.me, advised.choice, Choice.COACH)
    await press.say(words.BEGUN, replace=True)


async def agree(press: Press) -> None:
    """Let a model lead one's guided talks, by the terms above the button; changed ones are put anew."""
    (seal, about), talk = model_consent.answered(press.value), model_consent.to_begin(press.value)
    async with press.answering():
        if press.terms is None or not consent.is_allowed(press.desk.policy):
            raise Ended
        if seal != press.terms.seal:
            shown = model_consent.asked(press.terms, about)
            await press.say(blocks.spoken(shown), shown, replace=True)
        else:
            said = await consent.agree(press.desk, press.me, press.terms, press.now)
            await _answered(press, said, talk)


async def decline(press: Press) -> None:
    """Stay with the script, or go back to it."""
    talk = model_consent.to_begin(press.value)
    async with press.answering():
        await _answered(press, await consent.decline(press.desk, press.me, press.now), talk)


async def _answered(press: Press, said: Consent, talk: tuple[str, FormId] | None) -> None:
    """Go on with the guided talk that the question stood before, if it was one."""
    if talk:
        await _begin(press, *talk)
    else:
        await press.say(model_consent.begun_words(said), replace=True)


async def show_sent(press: Press) -> None:
    """Show all that was sent last."""
    await press.open(model_consent.sent_view(await consent.of(press.desk, press.me)))
    await press.ack()


async def rate(press: Press) -> None:
    """Say whether a question helps, or say otherwise."""
    liked, talk_id, number = talk_card.rated(press.value)
    await press.carry_out(talks.rate(press.desk, talk_id, press.me, number=number, liked=liked))


async def skip(press: Press) -> None:
    """Leave a question out."""
    talk_id, number = talk_card.placed(press.value)
    await press.carry_out(talks.skip(press.desk, talk_id, press.me, press.now, number=number))


async def back(press: Press) -> None:
    """Go back to the question before."""
    talk_id, number = talk_card.placed(press.value)
    await press.carry_out(talks.back(press.desk, talk_id, press.me, press.now, number=number))


async def stop(press: Press) -> None:
    """End a guided talk."""
    await press.carry_out(talks.stop(press.desk, press.value, press.me, press.now))


async def resume(press: Press) -> None:
    """Go on with a guided talk that rested."""
    await press.carry_out(talks.resume(press.desk, press.value, press.me, press.now))


async def person(press: Press) -> None:
    """Open the form for a person's help, with what the guided talk was about and has come to so far."""
    async with press.answering():
        talk = (await press.desk.get(GuidedTalk, press.value)).check_owner(press.me)
        so_far = await asyncio.to_thread(talk_outcome.so_far, talk)
        filling = Filling(press.cause, question=talk.opening, tried=so_far)
        filling = await request_form.with_guesses(filling, press.desk)
        await press.open(await request_form.opened(filling, press))


def register(app: App) -> None:
    """Listen to the buttons of guided talks."""
    advise("")
    app.action(mind_form.OPEN)(open_form)
    app.view(mind_form.FORM)(submitted)
    app.action(advice.BEGIN)(begin)
    app.action(level_menu.CHOOSE)(say_level)
    app.action(talk_card.SKIP)(skip)
    app.action(talk_card.BACK)(back)
    app.action(talk_card.STOP)(stop)
    app.action(talk_card.RESUME)(resume)
    app.action(talk_card.PERSON)(person)
    app.action(re.compile(rf"{re.escape(talk_card.RATE)}(\.\w+)?"))(rate)
    app.action(model_consent.AGREE)(agree)
    app.action(model_consent.DECLINE)(decline)
    app.action(model_consent.SHOW)(show_sent)
