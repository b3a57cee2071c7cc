"""Somebody's words are said back to them where a rule is sure of it, and else not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.language.form import Keeps
from coaching.language.mirroring import bare, listener, statement, to_you


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("I keep putting off the review", "You keep putting off the review."),
        ("I'm tired of nights, but I love the people", "You're tired of nights, but you love the people."),
        ("i was told I am too slow", "You were told you are too slow."),
        ("my boss trusts me", "Your boss trusts you."),
        ("he lets me send my own emails", "He lets you send your own emails."),
        ("we all want the same deadline", "You all want the same deadline."),
        ("honestly, I dont care lol", "You don't care."),
        ("to be honest I don't even know what it means :)", "You don't even know what it means."),
        ("its getting embarrassing", "It's getting embarrassing."),
        ("if they go around me, I'm lost", "If they go around you, you're lost."),
        ("I HATE MY NEW DESK", "You hate your new desk."),
        ("they'd run to me like they used to", "They'd run to you like they used to."),
        ("fine. I want to like mondays again", "You want to like Mondays again."),
        ("the us team comes online at 5", "The us team comes online at 5."),
        ("id sleep better and ill ask him", "You'd sleep better and you'll ask him."),
        ("the id of the ticket is gone", "The id of the ticket is gone."),
    ],
)
def test_a_clause_is_turned_to_the_one_who_wrote_it(said: str, turned: str):
    assert statement(said) == turned


@pytest.mark.parametrize(
    "said",
    [
        "he said 'we built it'",
        "I want you to know",
        "I look weak",
        "I'm not good enough for this",
        "this is bullshit",
        "Ich muss mit meinem Chef reden",
        "become a carpenter, am nearly fifty",
        "I asked because",
        "see https://example.com",
        "who am I without that place",
        "can we sit down?",
    ],
)
def test_what_no_rule_is_sure_of_is_not_turned(said: str):
    assert statement(said) == ""


@pytest.mark.parametrize(
    ("said", "keeps", "turned"),
    [
        ("clarity", Keeps.GOAL, ""),
        ("to not feel alone", Keeps.GOAL, "You want to not feel alone."),
        ("Get it off my desk", Keeps.GOAL, "You want to get it off your desk."),
        ("maybe to sleep", Keeps.GOAL, "You want to sleep."),
        ("phone off from 6 to 8", Keeps.GOAL, ""),
        ("five goals my boss signs", Keeps.GOAL, "You want five goals your boss signs."),
        ("one of us decides", Keeps.GOAL, ""),
        ("do it with Ann, the postdoc", Keeps.STEP, ""),
        ("Respect from my boss", Keeps.GOAL, ""),
        ("I have a bad feeling about it", Keeps.GOAL, ""),
        ("ask my manager", Keeps.STEP, "You will ask your manager."),
        ("I'd ask the pickers first, I've never done that", Keeps.STEP, ""),
        ("plan B", Keeps.STEP, ""),
    ],
)
def test_what_lacks_its_subject_gets_the_one_that_the_question_gives(said: str, keeps: Keeps, turned: str):
    assert statement(said, keeps) == turned


@pytest.mark.parametrize(
    ("opening", "turned"),
    [
        ("Should I go for the senior role", "You wonder whether to go for the senior role."),
        ("how do I tell her", "You wonder how to tell her."),
        ("learn to delegate", "You want to learn to delegate."),
        ("whats the best way to get promoted", "You look for the best way to get promoted."),
        ("can you help me with it", ""),
        ("why is it so hard", ""),
    ],
)
def test_an_opening_is_turned_as_what_brings_somebody_here(opening: str, turned: str):
    assert statement(opening, is_opening=True) == turned


def test_what_leads_in_and_trails_off_is_left_out():
    assert bare("well, I asked him, to be honest") == "I asked him"
    assert bare("so tired") == "so tired"


def test_the_card_says_who_hears_of_it_in_their_own_words():
    assert [
        listener(said)
        for said in (
            "my wife probably",
            "not sure, maybe my mentor",
            "Karin from HR, she knows",
            "I'd say Yusuf, since he'd want it too",
            "I'll put it in my journal instead",
        )
    ] == [
        "my wife",
        "my mentor",
        "Karin from HR, she knows",
        "I'd say Yusuf, since he'd want it too",
        "",
    ]


def test_a_goal_that_is_a_duty_stays_in_its_own_words():
    assert statement("I should be happy", Keeps.GOAL) == ""
    assert statement("I should ask Ben", Keeps.STEP) == ""


@given(st.text(max_size=200))
def test_whatever_is_written_no_question_and_no_first_person_comes_back(written: str):
    said = to_you(written)

    assert not {"i", "my", "me", "myself"} & set(said.lower().split())
