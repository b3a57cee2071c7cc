"""A guided talk: every step can be reached, every move is legal or refused, the outcome is one's own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, HOUR, NOW

from coaching.forms import FORMS
from coaching.guide.engine import MOST_TURNS, next_reply
from coaching.guide.standpoint import leads_people
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import Reply
from coaching.language.form import END, FormId, Standpoint
from coaching.language.numbers import number_as_said, rating, scale_number, without_number
from kernel.errors import Ended, NotYours

OPENING = "I keep putting off the talk with my manager about my workload."
STEPS = [(form, step) for form in FORMS.values() for step in form.steps]
WORDINGS = [(form.id, step.id, wording) for form, step in STEPS for wording in step.every_wording]
ADVICE = re.compile(
    r"\b(should|must|ought|try|recommend|suggest|advise|need to|have to|why not|best to)\b", re.I
)
OPEN = re.compile(r"\b(what|which|how|where|when|who|whom|why)\b", re.IGNORECASE)


def talk(form: FormId = "grow", **changed: object) -> GuidedTalk:
    made = {
        "id": "T1",
        "person_id": ASKER,
        "form": form,
        "opening": OPENING,
        "begun_at": NOW,
        "spoken_at": NOW,
    }
    return GuidedTalk(**{**made, **changed})


def led(form: FormId, answers: dict[str, str], answer: str = "Something of my own") -> GuidedTalk:
    """A talk led to its end, each step answered as *answers* says."""
    going = talk(form)
    while (reply := next_reply(going)) is not None:
        going = going.ask(reply, NOW).answer(answers.get(reply.step, answer), NOW)
    return going


@pytest.mark.parametrize(("form", "step", "wording"), WORDINGS)
def test_a_wording_is_one_short_open_question_and_no_advice(form: str, step: str, wording: str):
    assert wording.count("?") == 1
    assert len(wording.split()) <= 40
    assert OPEN.search(wording)
    assert not ADVICE.search(wording)


@pytest.mark.parametrize(("form", "step"), STEPS, ids=[f"{form.id}.{step.id}" for form, step in STEPS])
def test_a_step_has_five_wordings_and_its_branches_lead_somewhere(form, step):
    banks = filter(
        None, [step.wordings, step.once_rated, step.numbered, *step.fits.values(), *step.from_where.values()]
    )
    assert all(len(set(bank)) >= 5 for bank in banks)
    assert all(branch.to == END or branch.to in form.by_id for branch in step.branches)


@pytest.mark.parametrize("form", FORMS)
def test_every_step_of_a_form_is_reached_in_some_talk(form: FormId):
    plain = {"when": "Tuesday at nine", "scale": "4"}
    sure, unsure = led(form, plain | {"confidence": "9"}), led(form, plain | {"confidence": "4"})

    assert {turn.step for going in (sure, unsure) for turn in going.turns} == {
        step.id for step in FORMS[form].steps
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_talk_takes_six_to_ten_turns(form: FormId):
    assert 6 <= len(led(form, {"confidence": "9"}).turns) <= 10


@pytest.mark.parametrize("form", ["grow", "oskar", "clear", "woop"])
def test_what_somebody_takes_from_it_is_asked_last_and_never_makes_a_talk_longer_than_ten_turns(form: FormId):
    plain = {"when": "Tuesday at nine", "scale": "4", "confidence": "9"}
    going = led(form, plain | {"learned": "That I never asked her"})
    longer = led(form, plain | {"confidence": "4", "when": "after the retro"})

    assert going.turns[-1].step == "learned"
    assert len(going.turns) <= MOST_TURNS
    assert going.outcome.learned == "That I never asked her"
    assert len(longer.turns) <= MOST_TURNS or longer.turns[-1].step != "learned"


@pytest.mark.parametrize("answer", ["no idea", "nothing", "ok", "what would you say?"])
def test_what_somebody_takes_from_it_is_asked_once(answer: str):
    going = led("woop", {"when": "Tuesday at nine", "confidence": "9", "learned": answer})

    assert [turn.step for turn in going.turns].count("learned") == 1
    assert going.outcome.learned == ""


def test_the_next_question_gives_back_the_words_it_builds_on():
    first = next_reply(talk())

    assert first is not None
    assert first.reflection == "You keep putting off the talk with your manager about your workload."


def test_the_same_talk_always_gets_the_same_words():
    assert led("grow", {}).model_dump() == led("grow", {}).model_dump()


def test_who_leads_people_is_asked_otherwise_and_who_says_nothing_as_ever():
    step = FORMS["grow"].by_id["matters"]

    def asked(standpoint: Standpoint | None) -> str:
        goal = (
            talk(standpoint=standpoint)
            .ask(Reply(step="goal", reflection="", question="What?"), NOW)
            .answer("A calmer week", NOW)
        )
        return next_reply(goal).question

    assert asked(Standpoint.LEADING) in step.from_where[Standpoint.LEADING]
    assert asked(Standpoint.STARTING) in step.wordings
    assert asked(None) in step.wordings


@pytest.mark.parametrize(
    ("title", "leads"),
    [
        ("Engineering Manager", True),
        ("Head of Design", True),
        ("VP Engineering", True),
        ("Chief People Officer", True),
        ("Team lead, Payments", True),
        ("Product Manager", False),
        ("Senior engineer", False),
        ("Project manager", False),
        ("Lead generation", False),
        ("", False),
    ],
)
def test_a_title_shows_who_leads_people(title: str, leads: bool):
    assert leads_people(title) is leads


def test_two_talks_are_not_worded_alike():
    asked = {next_reply(talk(id=f"T{number}")).question for number in range(40)}

    assert len(asked) == 5


def test_a_confidence_below_seven_makes_the_step_smaller():
    shrunk = led("grow", {"pick": "Write to her", "confidence": "6", "shrink": "Open the draft"})

    assert shrunk.outcome.step == "Write to her; smaller: Open the draft"
    assert shrunk.outcome.confidence == 6


def test_a_confidence_of_seven_does_not():
    assert "shrink" not in {turn.step for turn in led("grow", {"confidence": "7"}).turns}


def test_an_answer_without_the_number_is_asked_for_it_once_more():
    vague = led("oskar", {"scale": "somewhere in the middle"})

    asked = [turn.question for turn in vague.turns if turn.step == "scale"]
    assert len(asked) == len(set(asked)) == 2


def test_four_options_are_enough_without_asking_for_more():
    many = led("grow", {"options": "write\nspeak\nwait\nask for help"})

    assert "else" not in {turn.step for turn in many.turns}
    assert many.outcome.options == ("write", "speak", "wait", "ask for help")


def test_going_back_asks_the_question_before_again():
    going = talk()
    first = next_reply(going)
    going = going.ask(first, NOW).answer("A plan", NOW)
    second = going.ask(next_reply(going), NOW)

    returned = second.back(NOW)

    assert returned.asked.step == first.step
    assert returned.answer("Another plan", NOW).outcome.goal == "Another plan"


def test_going_back_at_the_first_question_changes_nothing():
    going = talk().ask(next_reply(talk()), NOW)

    assert going.back(NOW) == going


def test_a_paused_talk_goes_on_by_an_answer():
    going = talk().ask(next_reply(talk()), NOW).pause()

    assert going.answer("A plan", NOW + 72 * HOUR).state == "going"


def test_a_talk_that_has_ended_refuses_more():
    with pytest.raises(Ended):
        talk().stop().answer("And yet", NOW)


def test_a_talk_that_was_stopped_can_go_on_after_all():
    asked = talk().ask(next_reply(talk()), NOW)

    going = asked.stop().resume(NOW)

    assert going == asked


@pytest.mark.parametrize("over", [talk().stop_for_danger(), talk().finish(NOW)])
def test_a_talk_that_danger_or_its_end_closed_stays_closed(over: GuidedTalk):
    with pytest.raises(Ended):
        over.resume(NOW)


def test_a_talk_is_nobody_elses():
    with pytest.raises(NotYours):
        talk().check_owner(ADA)


def test_a_hushed_talk_has_ended_and_holds_none_of_its_words():
    said = led("grow", {}, answer="my secret").stop_for_danger()

    assert said.state == "stopped"
    assert "secret" not in said.model_dump_json()
    assert "putting off" not in said.model_dump_json()


MOVES = st.sampled_from(["answer", "number", "skip", "back", "pause", "resume", "stop", "speak", "finish"])


@given(st.sampled_from(list(FORMS)), st.lists(MOVES, max_size=60))
def test_any_walk_leaves_a_talk_in_order(form: FormId, moves: list[str]):
    going = talk(form)
    for move in moves:
        before = going
        try:
            going = walked(going, move)
        except Ended:
            assert not before.is_open
        assert sum(turn.is_open for turn in going.turns) <= 1
        assert all(not turn.is_open for turn in going.turns[:-1])
        assert before.is_open or going == before or (before.state, move) == ("stopped", "resume")


def walked(going: GuidedTalk, move: str) -> GuidedTalk:
    if move == "speak":
        reply = next_reply(going) if going.needs_question else None
        return going.ask(reply, NOW) if reply else going
    moves = {
        "answer": lambda: going.answer("Something", NOW),
        "number": lambda: going.answer("6", NOW),
        "skip": lambda: going.skip(NOW),
        "back": lambda: going.back(NOW),
        "pause": going.pause,
        "resume": lambda: going.resume(NOW),
        "stop": going.stop,
        "finish": lambda: going.finish(NOW),
    }
    return moves[move]()


@given(st.integers(0, 10))
def test_a_number_is_read_in_any_dress(number: int):
    for text in (f"{number}", f"maybe {number}?", f"{number}/10", f"a {number} out of 10", f"({number})"):
        assert scale_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "no idea", "100", "2026", "often", "at 10:30", "3 weeks ago", "pretty sure", "he's 4, he counts"],
)
def test_other_numbers_are_none(text: str):
    assert scale_number(text) is None


@pytest.mark.parametrize(
    ("text", "said", "rest"),
    [
        ("I'd say 7, no 6", "6", "I'd say 7, no"),
        ("six or seven", "six or seven", ""),
        ("8,5", "8.5", ""),
        ("eight and a half", "8.5", "and a half"),
        ("8 because they like talking", "8", "because they like talking"),
        ("I work until nine. Honestly a 3", "3", "I work until nine"),
    ],
)
def test_a_number_is_told_from_what_is_said_about_it(text: str, said: str, rest: str):
    assert number_as_said(text) == said
    assert without_number(text) == rest


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("About six. I know what I need", 6),
        ("hmm 3? I declined two", 3),
        ("2 free mornings", None),
        ("4", 4),
        ("the last 20 percent", None),
        ("talk about 10%", None),
        ("about 40%", 4),
        ("ok 6 then", 6),
    ],
)
def test_a_rating_is_told_from_an_amount(text: str, number: int | None):
    assert rating(text) == number
