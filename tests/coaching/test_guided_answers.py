"""What the guide makes of answers that are none, and of those that say more than was asked."""

from time import process_time

import pytest
from make import ASKER, NOW

from coaching.forms import FORMS
from coaching.guide.engine import MOST_AGAIN, next_reply
from coaching.guide.talk import GuidedTalk
from coaching.guide.talks import finished
from coaching.guide.wordings import every, prompts, reflection_phrases, replies
from coaching.language.answers import sort_of
from coaching.language.form import FormId, Sort, Theme
from coaching.language.numbers import READ, legible

OPENING = "I keep putting off the talk with my manager about my workload."
GOAL = FORMS["grow"].by_id["goal"]

# Answers to the first steps of a talk, up to the ways that its person sees.
WAYS = ("Time for my work", "Sleep", "4", "write\nspeak\nwait\nask")


def talk(*answers: str | None, form: FormId = "grow", opening: str = OPENING) -> GuidedTalk:
    """A talk in which the questions got these answers (None: left out), and the next was asked."""
    made = {
        "id": "T1",
        "person_id": ASKER,
        "form": form,
        "opening": opening,
        "begun_at": NOW,
        "spoken_at": NOW,
    }
    going = GuidedTalk(**made)
    for answer in (*answers, "..."):
        reply = next_reply(going)
        assert reply is not None
        going = going.ask(reply, NOW)
        if answer != "...":
            going = going.skip(NOW) if answer is None else going.answer(answer, NOW)
    return going


def asked_last(going: GuidedTalk) -> str:
    """The step that is asked after an answer."""
    reply = next_reply(going)
    assert reply is not None
    return reply.step


def steps(going: GuidedTalk) -> list[str]:
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
        ("please stop asking", Sort.ANNOYED),
        ("ok", Sort.BARE),
        ("👍", Sort.BARE),
        ("?", Sort.BARE),
        ("7", Sort.BARE),
        ("", Sort.BARE),
        ("nothing", Sort.NONE),
        ("what do you mean?", Sort.CONFUSED),
        ("can you give me an example", Sort.CONFUSED),
        ("I don't understand the question", Sort.CONFUSED),
        ("you tell me", Sort.ASKS_BACK),
        ("Dont know. People have nobody else.", Sort.ANSWER),
        ("thats all i can think of", Sort.NONE),
        ("I don't know how he'd react", Sort.ANSWER),
        ("I don't know what to do", Sort.UNSURE),
        ("dont know thats why im asking", Sort.UNSURE),
        ("who can see this?", Sort.ASKS_WHO_SEES),
        ("is this confidential", Sort.ASKS_WHO_SEES),
        ("what's the point of the number?", Sort.CONFUSED),
        ("I don't want to put a number on that", Sort.REFUSES),
        ("I'd rather not say", Sort.REFUSES),
        ("that's private", Sort.REFUSES),
        ("I don't want to say goodbye to my team", Sort.ANSWER),
        ("eight and a half", Sort.BARE),
        ("no that's all", Sort.NONE),
        ("can't think of anything else", Sort.NONE),
        (
            "2026-11-23 09:14:55 ERROR [main] com.acme.Foo - broken\n\tat com.acme.Foo.bar(Foo.java:4)",
            Sort.PASTED,
        ),
        ("peace", Sort.ANSWER),
        ("Ask my manager?", Sort.ANSWER),
        ("A person I can trust at work", Sort.ANSWER),
        ("Anna", Sort.ANSWER),
        ("I want to know what I want", Sort.ANSWER),
        ("no idea, sorry", Sort.UNSURE),
        ("no more coffee", Sort.ANSWER),
        ("why would the numbers be wrong", Sort.ANSWER),
    ],
)
def test_an_answer_is_told_from_what_is_none(answer: str, sort: Sort):
    assert sort_of(answer, GOAL) is sort


def test_a_number_alone_points_to_a_way_only_once_some_were_named():
    first, more = (FORMS["grow"].by_id[step] for step in ("options", "else"))

    assert [sort_of("3", step) for step in (first, more)] == [Sort.BARE, Sort.ANSWER]


def test_who_is_sorry_to_tell_nobody_corrects_nothing_and_is_not_asked_again():
    said = talk(*WAYS, "write to Ann", "on Friday at nine", "8", "no, nobody, sorry")

    assert steps(said)[-2:] == ["tell", "learned"]
    assert said.outcome.confidence == 8


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
    assert talk("dunno").asked.question in prompts().smaller(GOAL)


def test_who_wants_a_person_hears_how():
    assert "Ask a colleague instead" in talk("I want to talk to a human").asked.reflection


def test_a_question_back_gets_no_advice():
    assert talk("What would you do?").asked.reflection in replies().leads[Sort.ASKS_BACK]


def test_a_talk_asks_again_only_so_often():
    endless = talk(*["I don't know"] * 12)

    assert len(steps(endless)) - len(set(steps(endless))) == MOST_AGAIN


def test_three_answers_in_a_row_that_are_none_get_a_way_out():
    assert talk("dunno", "dunno", "dunno").asked.reflection in replies().tired


def test_a_new_subject_begins_anew_with_it():
    turned = talk("Less work", "Because I'm tired", "Actually I'd rather talk about my holidays in spring")

    assert turned.asked.step == "goal"
    assert "my holidays in spring" in turned.asked.reflection
    assert turned.answer("Two weeks by the sea", NOW).outcome.goal == "Two weeks by the sea"


def test_what_was_pasted_is_never_quoted():
    pasted = "2026-11-23 09:14:55 ERROR [main] com.acme.Foo - broken\n\tat com.acme.Foo.bar(Foo.java:4)"

    assert "acme" not in talk(pasted).asked.reflection
    assert "“it broke again”" in talk(f"{pasted}\nit broke again").asked.reflection


def test_no_question_and_no_lead_comes_twice_in_a_talk():
    going = talk(
        "Ok", "A plan", "Peace of mind for me", "no idea", "3", "one", "two", "two", "soon", "soon", "4"
    )
    asked = [turn.question for turn in going.turns]
    leads = [turn.reflection.split("“")[0] for turn in going.turns if "“" in turn.reflection]

    assert len(asked) == len(set(asked))
    assert len(leads) == len(set(leads))


def test_a_plan_without_a_moment_is_asked_for_one_once():
    upto = (*WAYS, "write to her")

    vague, clear = talk(*upto, "I'll try to do it soon"), talk(*upto, "Tuesday after lunch")

    assert vague.asked.step == "when"
    assert vague.asked.question in prompts().moment
    assert clear.asked.step == "confidence"
    assert talk(*upto, "I'll try", "when I have time").asked.step == "confidence"


def test_a_confidence_in_words_is_asked_for_its_number():
    upto = (*WAYS, "write to her", "Tuesday after lunch")

    assert talk(*upto, "pretty sure").asked.question in prompts().number


def test_a_number_given_ahead_is_the_one_that_is_said_back_where_the_step_is_made_smaller():
    upto = (*WAYS, "write to her")

    early = talk(*upto, "6", "make it a message first, asking for five minutes")

    assert early.asked.step == "shrink"
    assert "6 of 10" in early.asked.reflection


@pytest.mark.parametrize(
    ("smaller", "step"),
    [
        ("Only the first line", "write to her; smaller: Only the first line"),
        ("five minutes, no more", "write to her; smaller: five minutes, no more"),
        ("only mondays and tuesdays", "write to her; smaller: only mondays and tuesdays"),
        ("open the draft", "write to her; smaller: open the draft"),
    ],
)
def test_a_step_made_smaller_stays_the_step_that_it_is_a_part_of(smaller: str, step: str):
    upto = (*WAYS, "write to her", "Tuesday at 9", "5")

    assert talk(*upto, smaller).outcome.step == step


def test_a_very_low_confidence_offers_a_person_and_shrinks_the_step():
    upto = (*WAYS, "write to her", "Tuesday after lunch")

    low, middle = talk(*upto, "3"), talk(*upto, "5")

    assert (low.asked.step, middle.asked.step) == ("shrink", "shrink")
    assert any(lead in low.asked.reflection for lead in replies().low)
    assert not any(lead in middle.asked.reflection for lead in replies().low)


def test_what_a_plan_says_already_is_not_asked_again():
    upto = WAYS
    all_of_it = "I'll write to her next Tuesday after lunch, I'm 8/10 sure, and I'll tell Ben"
    going = talk(*upto, "write to her")

    planned = going.answer(all_of_it, NOW)

    assert asked_last(planned) == "learned"
    assert planned.outcome.confidence == 8
    assert planned.outcome.tell == "Ben"
    assert "next Tuesday after lunch" in planned.outcome.cue


def test_what_is_said_of_the_days_ahead_before_a_step_is_asked_for_is_no_plan():
    early = talk("Time for my work", "I'll present it tomorrow at 9 and I'm not ready")

    assert early.asked.step == "reality"
    assert (early.outcome.step, early.outcome.cue) == ("", "")


@pytest.mark.parametrize(
    ("step", "cue"),
    [
        ("ask Ben on Friday", "on Friday"),
        ("write to her tomorrow after lunch", "tomorrow after lunch"),
        ("finish the report due Friday", ""),
        ("prepare the Friday review", ""),
        ("ask her what he plans on Friday", ""),
        ("ask for Friday off", ""),
    ],
)
def test_a_day_in_a_step_is_its_moment_only_where_it_is_of_nothing_else(step: str, cue: str):
    assert talk(*WEIGHED, step).outcome.cue == cue


def test_a_moment_where_a_step_was_asked_for_is_kept_and_the_step_asked_for():
    listed = WAYS

    timed = talk(*listed, "Monday after lunch")

    assert timed.asked.step == "pick"
    assert timed.asked.question in prompts().what_then
    assert timed.outcome.cue == "Monday after lunch"
    assert talk(*listed, "Monday after lunch", "write to her").asked.step == "confidence"


def test_a_way_that_was_only_named_is_no_step_though_a_moment_is():
    going = talk(
        "Time for my work", "Sleep", "4", "wait", "Block Tuesday mornings", "Right now, before I lose it"
    )

    assert going.asked.question in prompts().what_then
    assert (going.outcome.step, going.outcome.cue) == ("", "Right now, before I lose it")


def test_a_moment_that_comes_late_is_taken_up():
    upto = (*WAYS, "write to her", "whenever I see her")

    late = talk(*upto, "Wednesday after lunch she's in the office")

    assert late.asked.question in prompts().number
    assert late.outcome.cue == "Wednesday after lunch"


def test_a_step_that_comes_late_is_taken_up():
    going = talk(*WAYS, None, "ask Tom")

    assert going.asked.step == "when"
    assert going.outcome.step == "ask Tom"


def test_a_day_alone_leaves_the_moment_to_be_asked_for():
    dated = talk(*WAYS, "write to her on Monday")

    assert dated.asked.step == "when"
    assert dated.asked.question in prompts().on_the_day


def test_a_deed_with_a_hollow_moment_is_asked_for_its_day():
    hollow = talk(*WEIGHED, "asking my boss", "Talk to my boss about every other week.")

    assert hollow.asked.step == "when"
    assert hollow.asked.reflection.endswith("“Talk to my boss about every other week”")
    assert hollow.outcome.step == "asking my boss"


def test_who_sees_nothing_to_do_is_asked_what_is_in_their_hands():
    stuck = talk("Time for my work", "Sleep", "4", "I can't do anything about it, it's not my decision")

    assert stuck.asked.question in prompts().in_hand
    assert stuck.outcome.options == ()


SHRUNK = (
    *WAYS,
    "write to her",
    "Tuesday after lunch",
    "5",
    "write one line",
)


def test_a_smaller_step_is_rated_anew():
    assert talk(*SHRUNK).asked.step == "surer"
    assert talk(*SHRUNK, "8").outcome.confidence == 8
    assert talk(*SHRUNK, "8").asked.step == "tell"


def test_a_smaller_step_that_is_another_deed_has_a_moment_of_its_own():
    other = talk(*SHRUNK[:-1], "open the draft", "8")

    assert other.asked.question in prompts().smaller_when
    assert other.outcome.cue == ""
    assert talk(*SHRUNK[:-1], "open the draft tonight", "8").asked.step == "tell"


@pytest.mark.parametrize(
    ("answer", "cue"),
    [
        ("yes", "Tuesday after lunch"),
        ("it stays the same", "Tuesday after lunch"),
        ("Same day.", "Tuesday after lunch"),
        ("Monday at 10", "Monday at 10"),
        ("the day before", "the day before"),
        ("earlier", "earlier"),
    ],
)
def test_the_moment_of_another_deed_is_asked_for_once(answer: str, cue: str):
    anew = talk(*SHRUNK[:-1], "open the draft", "8", answer)

    assert (anew.asked.step, anew.outcome.cue) == ("tell", cue)


def test_what_comes_before_the_step_is_another_deed_whatever_its_verb():
    first = talk(*SHRUNK[:-1], "write it to my sister first", "8")

    assert (first.asked.step, first.outcome.cue) == ("when", "")


def test_who_names_a_person_for_a_moment_is_asked_for_it_again():
    named = talk(*SHRUNK[:-1], "open the draft", "8", "the tester next to me")

    assert named.asked.step == "when"


def test_a_listener_named_instead_of_the_new_number_is_kept_and_so_is_the_number():
    named = talk(*SHRUNK).answer("my sister", NOW)

    assert asked_last(named) == "learned"
    assert (named.outcome.tell, named.outcome.confidence) == ("my sister", 5)
    assert talk(*SHRUNK, "much better").asked.step == "tell"


def test_the_number_said_is_in_the_next_question():
    assert "4" in talk("Time for my work", "Sleep", "4").asked.question


@pytest.mark.parametrize("amount", ["7", "none", "two a week", "all of them, 10"])
def test_an_amount_is_an_answer_where_levels_are_asked_for(amount: str):
    scale = talk("I hand over one task a week", "tasks handed over", amount, form="goal_scale")

    assert scale.asked.step == "expected"
    assert scale.outcome.scale["baseline"] == amount


@pytest.mark.parametrize(
    ("measure", "asked", "baseline"),
    [
        ("share of talking, gong shows it. 82% last week", "expected", "82% last week"),
        ("words per reply? average is about 310", "expected", "average is about 310"),
        ("share of talking. it should be 60% by now", "baseline", None),
        ("how many I sent last week", "baseline", None),
    ],
)
def test_where_things_stand_is_not_asked_again_of_who_said_it_with_what_is_counted(
    measure: str, asked: str, baseline: str | None
):
    scale = talk("Listen more", measure, form="goal_scale")

    assert scale.asked.step == asked
    assert scale.outcome.scale.get("baseline") == baseline


def test_a_wish_that_was_said_already_is_not_asked_for_again():
    wished = talk(form="woop", opening="I want to stop checking mails in bed")
    other = talk(form="woop", opening="Mails in bed again")

    assert wished.asked.question in FORMS["woop"].by_id["wish"].fits[Theme.WISH]
    assert other.asked.question in FORMS["woop"].by_id["wish"].wordings


def test_a_question_to_oneself_is_given_back_as_one():
    asked = talk(
        opening="How do I tell a volunteer of fifteen years that we don't need her any more in the kitchen?"
    )

    assert asked.asked.reflection.startswith(
        "You wonder how to tell a volunteer of fifteen years that you don't"
    )


def test_what_is_to_be_said_aloud_is_given_back_word_for_word():
    spoken = "Rosa, I'd like to hear what you want to do here next year"

    assert (
        f"“{spoken}”" in talk("peace", "she forgets", "care", "fear", spoken, form="clear").asked.reflection
    )


def test_one_answer_that_looks_foreign_changes_nothing():
    mixed = talk("peace", "non lo so per il mio capo", "my boss is kind to me and I like it")

    assert mixed.asked.reflection == "Your boss is kind to you and you like it."


def test_a_number_on_a_condition_is_given_back_with_it():
    sure = talk(*WEIGHED, "write to Ann", "Tuesday after lunch", "7, if I don't start reading them")

    assert sure.asked.reflection.endswith("7 of 10: “if I don't start reading them”")


def test_another_language_is_quoted_and_never_turned():
    german = talk(
        "Dass er weiß, was ich leiste", "my boss", opening="Ich muss mit meinem Chef reden und es ist schwer"
    )

    assert "“my boss”" in german.asked.reflection


def test_of_a_list_that_was_read_out_only_what_is_new_is_said():
    longer = talk(
        "Time for my work", "Sleep", "4", "write to her, wait a week, ask Ben first", "sell the car"
    )

    assert "“sell the car”" in longer.asked.reflection
    assert "ask Ben" not in longer.asked.reflection


def test_who_does_not_understand_is_asked_the_same_in_other_words():
    again = talk("what do you mean?")

    assert steps(again) == ["goal", "goal"]
    assert again.asked.reflection in replies().leads[Sort.CONFUSED]
    assert again.asked.question in GOAL.wordings
    assert (
        talk("peace", "she forgets", "care", "fear", "for example?", form="clear").asked.step
        == "first_sentence"
    )


def test_what_somebody_refuses_is_not_asked_again():
    private = talk("that's private")

    assert private.asked.step == "matters"
    assert private.asked.reflection in replies().refused


WEIGHED = ("Time for my work", "Sleep", "4", "write to Ann; wait a week; ask Ben first; sell the old car")


UNDATED = (*WEIGHED, "write to her", "after the retro")


def test_an_event_of_which_only_the_person_knows_the_day_is_asked_for_it_once():
    asked = talk(*UNDATED)

    assert asked.asked.step == "when"
    assert asked.asked.question in prompts().which_day
    assert talk(*UNDATED, "Thursday").outcome.cue == "Thursday, after the retro"
    unknown = talk(*UNDATED, "no idea")
    assert (unknown.asked.step, unknown.outcome.cue) == ("confidence", "after the retro")
    assert finished(unknown, unknown.outcome.cue, "UTC", NOW).remind_at is None


def test_what_comes_again_and_again_is_asked_for_no_day():
    assert talk(*WEIGHED, "write to her", "every time he calls").asked.step == "confidence"


REHEARSED = (
    "that I need the week",
    "Hi Bo, I need the week of the 14th off, my sister gets married",
    "I know it's bad timing. Kim can cover me and I'd finish my tickets before",
    "Bo, I have a plan for how it works, 2 minutes?",
)


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("the sentence with the plan", 3),
        ("the line about Kim", 2),
        ("what I said about my tickets", 2),
        ("the bit about my sister", 1),
        ("my opening", 1),
        ("the Kim sentence", 2),
    ],
)
def test_a_sentence_that_is_pointed_to_is_the_one_to_be_said(answer: str, place: int):
    assert talk(*REHEARSED, answer, form="rehearse").outcome.sentence == REHEARSED[place]


def test_a_sentence_that_nobody_can_find_is_asked_for():
    assert talk(*REHEARSED, "the line with Bo", form="rehearse").asked.question in prompts().few_words


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("the last one", "sell the old car"),
        ("I guess the first", "write to Ann"),
        ("option 3", "ask Ben first"),
        ("2", "wait a week"),
        ("the car thing", "sell the old car"),
        ("old car", "sell the old car"),
        ("the Ben one. It's quick and he owes me", "ask Ben first (the Ben one. It's quick and he owes me)"),
        ("3. ask Ben", "ask Ben first"),
        ("the Ben one. I'd just walk in", "ask Ben first (the Ben one. I'd just walk in)"),
        ("the last one, but only half of it", "sell the old car (the last one, but only half of it)"),
        ("the Ann thing, I could call her", "write to Ann (the Ann thing, I could call her)"),
        ("the Ann letter", "write to Ann"),
        ("that car guy", "sell the old car"),
        ("hm, the Ann thing", "write to Ann"),
        ("let me start with the car", "sell the old car"),
        ("I'd go with selling the car", "sell the old car"),
        ("I'd go with begging Ben", "I'd go with begging Ben"),
        ("I'll take a new car", "I'll take a new car"),
        ("the week Ben is back", "the week Ben is back"),
        ("talk to my wife", "talk to my wife"),
        ("the last day of work", "the last day of work"),
    ],
)
def test_an_option_that_is_pointed_to_becomes_the_step(answer: str, step: str):
    chosen = talk(*WEIGHED, answer)

    assert chosen.outcome.step == step
    assert chosen.asked.step == "when"


@pytest.mark.parametrize("answer", ["my partner", "our manager Ann", "Boris from QA, he drinks more"])
def test_a_person_named_where_a_step_was_asked_for_is_kept_for_the_end(answer: str):
    named = talk(*WEIGHED, answer)

    assert named.asked.step == "pick"
    assert (named.outcome.tell, named.outcome.step) == (answer, "")


@pytest.mark.parametrize("answer", ["Something of my own", "Tea and a shower", "the team meeting notes"])
def test_a_thing_is_no_person(answer: str):
    assert talk(*WEIGHED, answer).outcome.tell == ""


def test_what_was_said_last_decides_what_is_asked():
    torn = talk(opening="I don't know whether to leave")

    assert torn.asked.question in GOAL.fits[Theme.TORN]


def test_a_list_is_not_read_out_twice():
    twice = talk("Time for my work", "Sleep", "4", "write to her; wait; ask Ben", "they are all tired of me")

    assert "“they are all tired of me”" in twice.asked.reflection


def test_what_only_tells_how_things_are_is_no_option():
    told = talk("Time for my work", "Sleep", "4", "he's 17 and wants to look cool")

    assert told.outcome.options == ()
    assert "“he's 17 and wants to look cool”" in told.asked.reflection


def test_an_option_that_is_pointed_to_late_becomes_the_step():
    assert talk(*WEIGHED, None, "the first one").outcome.step == "write to Ann"


@pytest.mark.parametrize(
    "answer", ["I don't need to tell anyone", "nobody, it's too early", "I'd rather not say"]
)
def test_who_tells_nobody_has_nobody_on_the_card(answer: str):
    private = talk(*WEIGHED, "write to Ann", "Tuesday after lunch", "8").answer(answer, NOW)

    assert asked_last(private) == "learned"
    assert private.outcome.tell == ""


def test_who_is_not_sure_whom_to_tell_still_names_somebody():
    named = talk(*WEIGHED, "write to Ann", "Tuesday after lunch", "8").answer("no idea, maybe my mom", NOW)

    assert asked_last(named) == "learned"
    assert "“my mom”" in next_reply(named).reflection


def test_who_asks_who_sees_it_is_told_and_asked_again():
    asked = talk("who can see this?")

    assert asked.asked.step == "goal"
    assert asked.asked.reflection in replies().leads[Sort.ASKS_WHO_SEES]


def test_a_rating_where_options_were_asked_for_is_no_option():
    rated = talk("Time for my work", "Sleep", "Not far along", "hmm 3? I declined two of them")

    assert rated.outcome.options == ()
    assert "3 of 10" in rated.asked.reflection


def test_a_list_that_begins_with_a_number_is_no_rating():
    listed = talk("Time for my work", "Sleep", "4", "80%, or 4 long days, or ask to pause the on-call")

    assert listed.outcome.options == ("80%", "4 long days", "ask to pause the on-call")


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

    assert "“I work every evening until nine. Honestly a 3”" in said.reflection
    assert said.question in FORMS["grow"].by_id["reality"].once_rated


def test_another_language_is_answered_once_with_what_the_guide_speaks():
    german = talk(
        "Ich möchte, dass er weiß, was ich leiste", opening="Ich muss mit meinem Chef reden und es ist schwer"
    )

    assert ["English" in turn.reflection for turn in german.turns] == [True, False]


def test_a_question_left_out_is_not_held_against_anybody():
    assert talk(None, None).asked.step == "reality"


@pytest.mark.parametrize(("name", "wordings"), [*every(prompts())])
def test_an_aside_asks_one_short_open_question_in_five_wordings(name: str, wordings: tuple[str, ...]):
    assert len(set(wordings)) >= 5
    assert all(wording.count("?") == 1 and len(wording.split()) <= 40 for wording in wordings)


@pytest.mark.parametrize(("name", "wordings"), [*every(replies()), *every(reflection_phrases())])
def test_a_lead_asks_nothing_and_has_five_wordings(name: str, wordings: tuple[str, ...]):
    assert len(set(wordings)) >= 5
    assert not any("?" in wording or "!" in wording for wording in wordings)


@pytest.mark.parametrize("scrap", [" ", "\n", "maybe ", "so ", "a, b, or ", "1 or 2 or ", "("])
def test_a_long_odd_answer_is_read_in_no_time(scrap: str):
    odd = f"I want{scrap * 2_900}peace"[:2_900] + "x"
    began = process_time()

    asked = talk(odd, odd, odd, opening=odd).asked

    assert asked is not None
    assert process_time() - began < 3


def test_one_answer_is_read_in_one_spacing_and_so_far():
    assert legible("a  \t b \n\n  c ") == "a b\nc"
    assert len(legible("word " * 2_000)) <= READ
