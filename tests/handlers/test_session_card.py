"""What both read of a talk: its cards, its room, the form at its end, and the questions afterwards."""

from datetime import datetime
from typing import Any

import make
import pytest
from make import ADA, ASKER, DAY, HOUR, MINUTE, NOW

from handlers.block_kit import blocks, payload
from handlers.interactions.conversation import Reader
from handlers.offers import card as offer_card
from handlers.requests import card as request_card
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card, living_card, wrap_up_form
from handlers.sessions.feedback_card import Around
from handlers.sessions.living_card import Beside
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.values import PersonId, SessionId
from mentoring.model.check import Check, Thanks
from mentoring.model.session import NextStep, tidy
from mentoring.sessions.feedback import Feedback

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)


def labels(view: dict[str, Any]) -> dict[str, str]:
    return {block["block_id"]: block["label"]["text"] for block in view["blocks"] if "label" in block}


def test_prompts_stand_under_each_other():
    shown = session_card.room(make.session(), make.request(), NOW).blocks

    prompts = next(block for block in shown if "What do you want to walk away with" in str(block))

    assert len(prompts["elements"]) == 1
    assert len(prompts["elements"][0]["text"].splitlines()) == 3


def test_the_end_of_a_talk_is_told_in_place_in_its_room():
    over = session_card.room(make.session(state="wrapped"), make.request(), NOW)

    assert not over.knock
    assert "This talk is over." in over.text


@pytest.mark.parametrize(("action", "said"), [("try it", "try it."), ("Done!", "Done!")])
def test_a_step_and_its_reminder_are_two_sentences(action: str, said: str):
    step = NextStep(cue="lunch", action=action, at=NOW)

    shown = blocks.spoken(session_card.next_step(make.session(next_step=step), ASKER))

    assert f"Your next step:\n> After lunch, I will {said}\nReminder on <!date^" in shown
    assert "{date_long}" in shown


def test_the_form_at_the_end_says_what_its_fields_are_for():
    form = wrap_up_form.wrap_up(make.session(), ASKER, NOW)

    assert "*Your next step* (optional)" in str(form["blocks"])
    assert labels(form)["cue"] == "When? After …"
    assert labels(form)["action"] == "What will you do?"


@pytest.mark.parametrize("me", [ASKER, ADA])
def test_in_peer_coaching_both_are_asked_whether_it_helped(me: Any):
    session = make.session(way="peer_coaching")
    asked = Feedback.begin(session, me, NOW)

    assert "*Did it help?*" in feedback_card.card(asked, None, session, make.request()).text
    assert "helped" in labels(feedback_card.form(asked, session, "Ada"))


def test_each_side_is_asked_its_own_question_with_the_others_name():
    asker, helper = (Feedback.begin(make.session(), it, NOW) for it in (ASKER, ADA))

    assert labels(feedback_card.form(asker, make.session(), "Ada"))["thanks"] == "A note for Ada"
    assert labels(feedback_card.form(helper, make.session(), "Mo"))["thanks"] == "A note for Mo"
    assert "helped" not in labels(feedback_card.form(helper, make.session(), "Mo"))


def test_only_words_that_were_written_are_said_to_be_seen():
    silent = Feedback.begin(make.session(), ADA, NOW).model_copy(update={"state": "answered"})
    spoken = silent.model_copy(update={"thanks": "Good question!"})

    assert "your words" not in feedback_card.card(silent, None, make.session(), make.request()).text
    assert f"Once <@{ASKER}> has answered too" in worded(spoken, None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, f"Once <@{ADA}> has answered too, or in a few days, they'll see your words."),
        ({"state": "answered", "heard": "Merci"}, f"I've shown <@{ADA}> your words."),
        ({"state": "lapsed"}, f"<@{ADA}> won't see your words: I've stopped asking about this talk."),
    ],
)
def test_who_wrote_learns_whether_their_words_were_seen(changed: dict[str, Any], said: str):
    mine = Feedback.begin(make.session(), ASKER, NOW).model_copy(
        update={"state": "answered", "thanks": "Merci"}
    )
    other = Feedback.begin(make.session(), ADA, NOW).model_copy(update=changed)

    assert said in worded(mine, other)


def worded(mine: Feedback, other: Feedback | None) -> str:
    return feedback_card.card(mine, other, make.session(), make.request()).text


MENU, ADD, PLAN = "…", "Add a note for them", "Write down your next step"


def ways(me: PersonId, said: str, **changed: Any) -> tuple[list[str], list[str]]:
    """The buttons of a card whose talk is over, and what is behind its three dots."""
    session = make.begun(state="wrapped", has_own_card=False, spent_minutes=10, **changed)
    state = {"state": "asked"} if said == "asked" else {"state": "answered", "helped": said}
    mine = Feedback.begin(session, me, NOW).model_copy(update=state)
    held = make.request(state="resolved", helper_id=ADA, session_id=session.id)
    shown = living_card.card(session, held, Reader(DESK, "R1", me, NOW), Beside(mine=mine)).blocks
    elements = [it for block in shown if block["type"] == "actions" for it in block["elements"]]
    menus = [it for it in elements if it["type"] == "overflow"]
    buttons = [MENU if it in menus else it["text"]["text"] for it in elements]
    return buttons, [it["text"]["text"] for menu in menus for it in menu["options"]]


@pytest.mark.parametrize(
    ("me", "said", "buttons", "behind"),
    [
        (ASKER, "asked", ["Yes", "Partly", "Not this time", "Write down your next step", MENU], 5),
        (
            ASKER,
            "yes",
            [
                "Add a note for them",
                "Write down your next step",
                "Keep going together",
                "Add to a goal",
                MENU,
            ],
            4,
        ),
        (
            ASKER,
            "partly",
            [
                "Add a note for them",
                "Ask someone else",
                "Write down your next step",
                "Keep going together",
                MENU,
            ],
            4,
        ),
        (
            ASKER,
            "no",
            [
                "Add a note for them",
                "Ask someone else",
                "Get a second opinion",
                "Write down your next step",
                MENU,
            ],
            3,
        ),
        (ADA, "asked", ["Yes", "Partly", "Not this time", "Add to a goal", "Something is wrong"], 0),
        (
            ADA,
            "yes",
            ["Add a note for them", "Keep going together", "Add to a goal", "Something is wrong"],
            0,
        ),
    ],
)
def test_a_talk_that_is_over_has_five_buttons_the_fitting_ones_first(
    me: PersonId, said: str, buttons: list[str], behind: int
):
    shown, folded = ways(me, said)

    assert (shown, len(folded)) == (buttons, behind)
    assert "Something is wrong" in [*shown, *folded]


def test_a_choice_behind_the_dots_is_a_press_of_its_button():
    [menu] = [
        blocks.more([request_card.second_opinion_button(make.request()), blocks.button("B", "b", "2 3")])
    ]
    body: dict[str, Any] = {
        "actions": [{"type": "overflow", "action_id": "more", "selected_option": menu["options"][1]}]
    }

    payload.unfold(body)

    assert body == {"actions": [{"type": "button", "action_id": "b", "value": "2 3"}]}


def test_a_check_names_the_day_and_the_other():
    asked = Check.begin(make.session(), "d2", NOW)

    text = checked(asked, Around())

    assert f"talked about with <@{ADA}>" in text
    assert "{date_long}" in text


@pytest.mark.parametrize(
    ("at", "said", "unsaid"),
    [
        (NOW + 20 * MINUTE, "A few minutes are left", "Time's up"),
        (NOW + DAY, "Time's up", "minutes are left"),
    ],
)
def test_minutes_are_left_until_time_is_up(at: datetime, said: str, unsaid: str):
    session = make.begun(reminded_at=NOW + 20 * MINUTE)

    shown = [
        session_card.card(session, make.request(), ADA, at),
        session_card.room(session, make.request(), at),
    ]

    assert all(said in it.text and unsaid not in it.text for it in shown)


@pytest.mark.parametrize(
    ("why", "gone", "me", "said"),
    [
        ("left", ADA, ASKER, "They don't work here any more."),
        ("left", ASKER, ADA, "They don't work here any more."),
        ("no_member", ADA, ASKER, "They can't help here any more."),
        ("no_member", ADA, ADA, "Only members can help here."),
    ],
)
def test_who_is_left_alone_in_a_talk_reads_why(why: Any, gone: Any, me: Any, said: str):
    ended = make.session().break_off(why, gone, NOW)

    shown = session_card.card(ended, make.request(), me, NOW)

    assert said in shown.text
    assert "Write down your next step" not in str(shown.blocks)


def test_a_name_is_kept_hidden_after_all_until_the_other_agrees():
    agreed = make.session(anonymous=True, room="relay").propose_reveal(ASKER)
    both = agreed.propose_reveal(ADA)

    assert session_card.HIDE in str(session_card.card(agreed, make.request(), ASKER, NOW).blocks)
    assert agreed.take_back_reveal(ASKER).reveal == frozenset()
    assert session_card.HIDE not in str(session_card.card(both, make.request(), ASKER, NOW).blocks)
    assert both.take_back_reveal(ASKER) == both


@pytest.mark.parametrize(("cue", "at"), [("lunch", None), ("", NOW)])
def test_a_step_without_its_action_is_not_dropped_in_silence(cue: str, at: datetime | None):
    stamp = {"selected_date_time": int(at.timestamp())} if at else {}
    values = {"cue": {"cue": {"value": cue}}, "at": {"at": stamp}}
    view = {"private_metadata": '{"session_id": "S1"}', "state": {"values": values}}

    step = wrap_up_form.planned(view)

    assert step is not None
    with pytest.raises(Invalid, match="action"):
        tidy(step, NOW - HOUR)


def checked(asked: Check, around: Around) -> str:
    return feedback_card.check(asked, make.session(), make.request(), around).text


@pytest.mark.parametrize(
    ("was_told", "said"),
    [(True, f"I've let <@{ADA}> know."), (False, f"<@{ADA}> doesn't work here any more")],
)
def test_only_a_helper_who_was_told_is_said_to_know(was_told: bool, said: str):
    used = Check.begin(make.session(), "d2", NOW).reply("used", ASKER, NOW)

    assert said in checked(used, Around(was_told=was_told))


@pytest.mark.parametrize(
    ("around", "said"),
    [
        (Around(is_settled=True, is_asked_again=True), "answered about this talk in another message"),
        (Around(is_asked_again=True), "asked about this talk again in a newer message"),
        (Around(), "won't ask about this talk any more"),
    ],
)
def test_a_check_that_takes_no_answer_says_why(around: Around, said: str):
    closed = Check.begin(make.session(), "d2", NOW).reply("not_yet", ASKER, NOW).close()

    assert said in checked(closed, around)


def test_a_step_is_asked_about_in_words_that_its_answers_fit():
    shown = feedback_card.check(
        Check.begin(make.session(), "cue", NOW), make.session(), make.request(), Around()
    )

    labels = [
        it["text"]["text"] for block in shown.blocks for it in block.get("elements", []) if "value" in it
    ]
    assert "Have you done it, and did it help?" in shown.text
    assert labels == ["Yes, and it helped", "Not yet", "Yes, but it didn't help"]


def test_who_got_nothing_out_of_a_talk_can_ask_someone_else_at_once():
    no_use = Check.begin(make.session(), "d2", NOW).reply("no_use", ASKER, NOW)

    shown = feedback_card.check(no_use, make.session(), make.request(), Around())

    assert request_card.SOMEONE_ELSE in str(shown.blocks)


def test_an_offer_that_became_a_talk_is_one_line_that_stays_true():
    card = offer_card.card(make.offer(state="accepted"), make.request(question="Why so slow?"), DESK)

    assert len(card.blocks) == 1
    assert "Why so slow?" not in card.text


def test_thanks_quote_the_question_as_long_as_it_is_kept():
    note = Thanks(
        id=SessionId("S1"), helper_id=ADA, asker_id=ASKER, anonymous=False, topics=(make.SQL,), made_at=NOW
    )
    asked = make.request(question="Why so slow?")

    assert "> Why so slow?" in feedback_card.thanks(note, DESK, [asked]).text
    assert "*SQL*" in feedback_card.thanks(note, DESK).text
