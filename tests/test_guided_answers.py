"""What the guide makes of answers that are none, and of those that say more than was asked."""

import pytest
from make import ASKER, NOW

from coaching import asides
from coaching.answers import Sort, sort_of
from coaching.engine import MOST_AGAIN, next_reply
from coaching.form import FormId
from coaching.forms import FORMS
from coaching.talk import Talk

OPENING = "I keep putting off the talk with my manager about my workload."
GOAL = FORMS["grow"].by_id["goal"]


def talk(*answers: str | None, form: FormId = "grow", opening: str = OPENING) -> Talk:
    """Return a talk in which the questions got these answers (None: left out), and the next was asked."""
    made = {
        "id": "T1",
        "person_id": ASKER,
        "form": form,
        "opening": opening,
        "begun_at": NOW,
        "spoken_at": NOW,
    }
    going = Talk(**made)
    for answer in (*answers, "..."):
        reply = next_reply(going)
        assert reply is not None
        going = going.ask(reply, NOW)
        if answer != "...":
            going = going.skip(NOW) if answer is None else going.answer(answer, NOW)
    return going


def steps(going: Talk) -> list[str]:
    return [turn.step for turn in going.turns]


@pytest.mark.parametrize(
    ("answer", "sort"),
    [
        ("I don't know", Sort.UNSURE),
        ("idk", Sort.UNSURE),
        ("keine Ahnung", Sort.UNSURE),
        ("What would you do?", Sort.ASKS_BACK),
        ("Should I just quit?", Sort.ASKS_BACK),
        ("What's the weather like today?", Sort.ASKS_BACK),
        ("can I talk to a real person please", Sort.WANTS_PERSON),
        ("I'd rather talk about my holidays", Sort.NEW_SUBJECT),
        ("this is stupid", Sort.ANNOYED),
        ("ok", Sort.BARE),
        ("👍", Sort.BARE),
        ("?", Sort.BARE),
        ("7", Sort.BARE),
        ("", Sort.BARE),
        ("nothing", Sort.NONE),
        (
            "2026-11-23 09:14:55 ERROR [main] com.acme.Foo - broken\n\tat com.acme.Foo.bar(Foo.java:4)",
            Sort.PASTED,
        ),
        ("peace", Sort.ANSWER),
        ("Ask my manager?", Sort.ANSWER),
        ("A person I can trust at work", Sort.ANSWER),
        ("Anna", Sort.ANSWER),
        ("I want to know what I want", Sort.ANSWER),
    ],
)
def test_an_answer_is_told_from_what_is_none(answer: str, sort: Sort):
    assert sort_of(answer, GOAL) is sort


def test_what_is_to_be_spoken_may_be_a_question():
    first_sentence = FORMS["clear"].by_id["first_sentence"]

    assert sort_of("What do you think about Monday?", first_sentence) is Sort.ANSWER


@pytest.mark.parametrize(
    "answer", ["I don't know", "What would you do?", "ok", "🤷", "no more script, person please"]
)
def test_what_is_no_answer_is_asked_for_once_more_in_other_words_and_then_left(answer: str):
    once, twice = talk(answer), talk(answer, answer)

    assert steps(once) == ["goal", "goal"]
    assert once.turns[0].question != once.turns[1].question
    assert steps(twice) == ["goal", "goal", "matters"]
    assert once.outcome.goal == ""


def test_who_does_not_know_is_asked_for_less():
    assert talk("dunno").asked.question in asides.smaller(GOAL)


def test_who_wants_a_person_hears_how():
    assert "Get help from a person" in talk("I want to talk to a human").asked.reflection


def test_a_question_back_gets_no_advice():
    assert talk("What would you do?").asked.reflection in asides.LEADS[Sort.ASKS_BACK]


def test_a_talk_asks_again_only_so_often():
    endless = talk(*["I don't know"] * 12)

    assert len(steps(endless)) - len(set(steps(endless))) == MOST_AGAIN


def test_three_answers_in_a_row_that_are_none_get_a_way_out():
    assert talk("dunno", "dunno", "dunno").asked.reflection in asides.TIRED


def test_a_new_subject_begins_anew_with_it():
    turned = talk("Less work", "Because I'm tired", "Actually I'd rather talk about my holidays in spring")

    assert turned.asked.step == "goal"
    assert "my holidays in spring" in turned.asked.reflection
    assert turned.answer("Two weeks by the sea", NOW).outcome.goal == "Two weeks by the sea"


def test_what_was_pasted_is_never_quoted():
    pasted = "2026-11-23 09:14:55 ERROR [main] com.acme.Foo - broken\n\tat com.acme.Foo.bar(Foo.java:4)"

    assert "acme" not in talk(pasted).asked.reflection
    assert "it broke again" in talk(f"{pasted}\nit broke again").asked.reflection


def test_no_question_and_no_lead_comes_twice_in_a_talk():
    going = talk(
        "Ok", "A plan", "Peace of mind for me", "no idea", "3", "one", "two", "two", "soon", "soon", "4"
    )
    asked = [turn.question for turn in going.turns]
    leads = [turn.reflection.split("“")[0] for turn in going.turns if "“" in turn.reflection]

    assert len(asked) == len(set(asked))
    assert len(leads) == len(set(leads))


def test_a_plan_without_a_moment_is_asked_for_one_once():
    upto = ("Time for my work", "Sleep", "4", "write\nspeak\nwait\nask", "write to her")

    vague, clear = talk(*upto, "I'll try to do it soon"), talk(*upto, "Tuesday after lunch")

    assert vague.asked.step == "when"
    assert vague.asked.question in asides.MOMENT
    assert clear.asked.step == "confidence"
    assert talk(*upto, "I'll try", "when I have time").asked.step == "confidence"


def test_a_confidence_in_words_is_asked_for_its_number():
    upto = (
        "Time for my work",
        "Sleep",
        "4",
        "write\nspeak\nwait\nask",
        "write to her",
        "Tuesday after lunch",
    )

    assert talk(*upto, "pretty sure").asked.question in asides.NUMBER


def test_a_very_low_confidence_offers_a_person_and_shrinks_the_step():
    upto = (
        "Time for my work",
        "Sleep",
        "4",
        "write\nspeak\nwait\nask",
        "write to her",
        "Tuesday after lunch",
    )

    low, middle = talk(*upto, "3"), talk(*upto, "5")

    assert (low.asked.step, middle.asked.step) == ("shrink", "shrink")
    assert any(lead in low.asked.reflection for lead in asides.LOW)
    assert not any(lead in middle.asked.reflection for lead in asides.LOW)


def test_what_a_plan_says_already_is_not_asked_again():
    upto = ("Time for my work", "Sleep", "4", "write\nspeak\nwait\nask")
    all_of_it = "I'll write to her next Tuesday after lunch, I'm 8/10 sure, and I'll tell Ben"
    going = talk(*upto, "write to her")

    planned = going.answer(all_of_it, NOW)

    assert next_reply(planned) is None
    assert planned.outcome.confidence == 8
    assert planned.outcome.tell == "Ben"
    assert "next Tuesday after lunch" in planned.outcome.cue


def test_a_plan_that_comes_early_is_taken_up():
    early = talk("Time for my work", "I'll ask her for an hour tomorrow at 9")

    assert early.asked.step in ("reality", "confidence")
    assert early.outcome.step == "I'll ask her for an hour tomorrow at 9"
    assert talk("Time for my work", "I'll ask her for an hour tomorrow at 9", "4").asked.step == "confidence"


def test_nobody_and_nothing_else_are_answers_but_nothing_to_keep():
    going = talk("Time for my work", "Sleep", "4", "write to her", "nothing else")

    assert going.asked.step == "pick"
    assert going.outcome.options == ("write to her",)


def test_options_are_given_back_as_a_list():
    listed = talk(
        "Time for my work", "Sleep", "4", "write to her, wait a week, ask Ben first"
    ).asked.reflection

    assert "“write to her”, “wait a week” and “ask Ben first”" in listed


def test_a_number_with_its_reason_is_given_back_with_it():
    said = talk("Time for my work", "I work every evening until nine. Honestly a 3").asked

    assert "3 of 10" in said.reflection
    assert "I work every evening until nine" in said.reflection
    assert said.question in FORMS["grow"].by_id["reality"].once_rated


def test_another_language_is_answered_once_with_what_the_guide_speaks():
    german = talk(
        "Ich möchte, dass er weiß, was ich leiste", opening="Ich muss mit meinem Chef reden und es ist schwer"
    )

    assert ["English" in turn.reflection for turn in german.turns] == [True, False]


def test_a_question_left_out_is_not_held_against_anybody():
    assert talk(None, None).asked.step == "reality"


@pytest.mark.parametrize(("name", "wordings"), asides.every_prompt().items())
def test_an_aside_asks_one_short_open_question_in_five_wordings(name: str, wordings: tuple[str, ...]):
    assert len(set(wordings)) >= 5
    assert all(wording.count("?") == 1 and len(wording.split()) <= 40 for wording in wordings)


@pytest.mark.parametrize(("name", "wordings"), asides.every_lead().items())
def test_a_lead_asks_nothing_and_has_five_wordings(name: str, wordings: tuple[str, ...]):
    assert len(set(wordings)) >= 5
    assert not any("?" in wording or "!" in wording for wording in wordings)
