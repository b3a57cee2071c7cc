"""`/coach-me`: which kind of help fits, and guided talks, one question at a time."""

import re
from typing import Any

from coaching import talks
from coaching.forms import FORMS
from coaching.talk import Talk
from handlers import (
    advice,
    blocks,
    draft_card,
    drafts,
    ids,
    mrkdwn,
    peer_coaching,
    request_form,
    sprinting,
    talk_card,
)
from handlers.commands import Call
from handlers.ports import App
from handlers.presses import Press
from handlers.request_form import Filling
from mentoring import drafts as kept
from mentoring.errors import Ended
from mentoring.habits import Habits, took
from mentoring.person import Person
from mentoring.store import Key, Snapshot
from sensing.safety import Tier, read
from sensing.triage import Choice, advise

COMMAND = "/coach-me"
_HELP = (
    "*Write what is on your mind, and I tell you which kind of help fits, and why.*\n"
    "• `/coach-me I keep putting off a talk with my manager`\n"
    "• A guided talk takes five to ten minutes in our messages, one question at a time. It is a script, not "
    "an AI model, and it ends with one step of your own.\n"
    "• `/coach-me sprint` plans some weeks of practice for one skill, with check-ins on your days.\n"
    "• `/coach-me peer` finds someone at your level, and you coach each other, ten minutes each.\n"
    "• `/coach-me stop` ends a talk that is open. `/coach-me privacy` says what is kept.\n"
    "• For an answer from a colleague: `/ask-mentor`."
)
_PRIVACY = (
    "*What a guided talk keeps:* your answers, for you alone, for 180 days after you last wrote; then they "
    "are erased. No colleague and no admin can read them, no AI model gets them, and nothing leaves this "
    "workspace but what Slack itself carries. If you write of danger to a life, the talk ends and all its "
    "words are erased.\n"
    "*What a sprint keeps:* your plan and check-ins, for 365 days after the last change. Nobody else reads "
    "them, but a partner whom you name sees the goal and the check-ins once they have said yes."
)
_OFF = (
    "*Guided talks are switched off here.* An admin switches them on by naming, under `support:` in "
    "`manifest.yml`, at least one person or service to turn to in need. I can find you a colleague."
)


async def coach_me(call: Call, command: dict[str, Any]) -> None:
    """Answer with the kind of help that fits, or with what a sub-word asks for."""
    text = mrkdwn.unescape(command.get("text") or "").strip()
    word = text.lower().strip(".!?")
    if word in ("", "help"):
        await call.say(_HELP, [blocks.section(_HELP), *blocks.actions([request_form.open_button()])])
    elif word == "privacy":
        await call.say(_PRIVACY, [blocks.section(_PRIVACY)])
    elif word == "stop":
        await _stop_open(call)
    elif word == "sprint":
        await _sprint(call)
    elif word.partition(" ")[0] == "peer":
        await peer_coaching.called(call, text[len("peer") :].strip())
    else:
        await _advise(call, text)


async def _sprint(call: Call) -> None:
    if call.desk.policy.support:
        await sprinting.open_new(call)
    else:
        await call.say(_OFF, [blocks.section(_OFF), *blocks.actions([request_form.open_button()])])


async def _advise(call: Call, text: str) -> None:
    finding, contacts = read(text), call.desk.policy.support
    if finding.tier is Tier.STOP:
        shown = advice.stop(contacts)
    else:
        draft = await drafts.keep(call, text, "coach")
        shown = await _doors(call, draft.id, text) if contacts else _off(draft.id)
    await call.say(blocks.spoken(shown), shown)


async def _doors(call: Call, draft_id: str, text: str) -> list[blocks.Block]:
    def view(found: Snapshot) -> tuple[Person | None, Habits | None]:
        return found.find(Person, call.me), found.find(Habits, call.me)

    keys = [Key(Person, call.me), Key(Habits, call.me)]
    person, habits = await call.desk.store.look(view, load=keys)
    fits = advise(text, level=person.level) if person else advise(text)
    care = advice.care(read(text), call.desk.policy.support)
    return advice.advised(draft_id, text, fits, care, habits.taken.get(fits.choice) if habits else None)


def _off(draft_id: str) -> list[blocks.Block]:
    ask = blocks.button("Ask a person about this", draft_card.CHANGE, draft_id, style="primary")
    return [blocks.section(_OFF), *blocks.actions([ask])]


async def _stop_open(call: Call) -> None:
    """End the talks that are open."""
    found = await call.desk.store.ids(f"open-coach-talks-of:{call.me}", limit=20)
    for talk_id in found:
        await talks.stop(call.desk, talk_id, call.me, call.now)
    words = (
        "The talk has ended. What you wrote in it is still there for you." if found else "No talk is open."
    )
    await call.say(words)


async def begin(press: Press) -> None:
    """Begin a guided talk about a text that was kept."""
    form = next(form for form in FORMS if press.action["action_id"] == f"{advice.BEGIN}.{form}")
    async with press.refusals():
        draft = await drafts.mine(press.desk, press.value, press.me)
        if draft.state != "kept":
            raise Ended
        talk_id = ids.caused_by(f"talk {draft.id}")
        await talks.begin(press.desk, press.me, press.now, opening=draft.text, form=form, talk_id=talk_id)
        await kept.discard(press.desk, draft.id, press.me, press.now)
        await took(press.desk, press.me, advise(draft.text).choice, Choice.COACH)
        await press.say("The talk is in our messages.", replace=True)
    await press.ack()


async def skip(press: Press) -> None:
    """Leave a question out."""
    await press.carry_out(talks.skip(press.desk, press.value, press.me, press.now))


async def back(press: Press) -> None:
    """Return to the question before."""
    await press.carry_out(talks.back(press.desk, press.value, press.me, press.now))


async def stop(press: Press) -> None:
    """End a talk."""
    await press.carry_out(talks.stop(press.desk, press.value, press.me, press.now))


async def resume(press: Press) -> None:
    """Go on with a talk that rested."""
    await press.carry_out(talks.resume(press.desk, press.value, press.me, press.now))


async def person(press: Press) -> None:
    """Open the form for a person's help, with what the talk was about."""
    async with press.refusals():
        key = Key(Talk, press.value)
        talk = await press.desk.store.look(lambda found: found.get(Talk, press.value), load=[key])
        talk.check_owner(press.me)
        filling = Filling(press.cause, question=talk.opening)
        guesses = request_form.guesses(talk.opening, press.desk)
        await press.open(request_form.form(request_form.guessed(filling, guesses), press.desk))
    await press.ack()


def register(app: App) -> None:
    """Listen to the command and to the buttons of talks."""
    advise("")
    app.command(COMMAND)(coach_me)
    app.action(re.compile(rf"{re.escape(advice.BEGIN)}\.\w+"))(begin)
    app.action(talk_card.SKIP)(skip)
    app.action(talk_card.BACK)(back)
    app.action(talk_card.STOP)(stop)
    app.action(talk_card.RESUME)(resume)
    app.action(talk_card.PERSON)(person)
