"""Which kind of help fits: the written cases, the weights, and what a reason shows."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.triage.triage import FEATURES, Choice, TriageFeature, advise

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data/triage_cases.jsonl").read_text().splitlines()
]
ACCURACY = 0.97


def test_the_written_cases_are_many_and_balanced():
    kinds = Counter(case["expected"] for case in CASES)

    assert set(kinds) == set(Choice)
    assert min(kinds.values()) >= 10
    assert max(kinds.values()) == min(kinds.values())


def test_the_written_cases_get_the_help_that_fits():
    right = [advise(case["text"], level=case["level"]).choice == case["expected"] for case in CASES]

    assert sum(right) / len(right) >= ACCURACY


@pytest.mark.parametrize(
    "feature", [feature for feature in TriageFeature if feature is not TriageFeature.WORDING]
)
def test_every_feature_speaks_for_a_kind_of_help(feature: TriageFeature):
    assert max(FEATURES[feature].values()) > 0


@given(st.text(max_size=300), st.integers(1, 7))
def test_any_text_gets_advice_whatever_its_case(text: str, level: int):
    advice = advise(text, level=level)

    assert advice.choice not in advice.runners_up
    if text.isascii():
        assert advise(text.upper(), level=level).choice is advice.choice


def test_a_text_that_shows_nothing_is_a_question():
    assert advise("Hello").choice is Choice.ASK
    assert advise("").reasons == ()


def test_a_reason_shows_the_persons_own_words_the_strongest_first():
    reasons = advise("I can’t decide, and I’m Overwhelmed").reasons

    assert [because.feature for because in reasons] == [
        TriageFeature.OWN_DECISION,
        TriageFeature.STUCK_INSIDE,
    ]
    assert reasons[0].evidence == ("can’t decide",)


def test_saying_a_thing_twice_does_not_weigh_more():
    once, twice = (advise("I want to practise delegating. " * times) for times in (1, 2))

    assert [because.feature for because in once.reasons] == [because.feature for because in twice.reasons]


def test_a_senior_who_asks_about_new_ways_is_offered_somebody_junior():
    text = "I want to understand these new AI tools"

    assert advise(text, level=6).choice is Choice.REVERSE
    assert advise(text, level=2).choice is not Choice.REVERSE


def test_every_written_case_is_advised_with_words_of_its_own():
    for case in CASES:
        advice = advise(case["text"], level=case["level"])
        shown = [words for because in advice.reasons for words in because.evidence]
        assert shown or advice.choice is Choice.ASK, case["text"]
        assert all(words in case["text"] for words in shown)


def test_a_reason_shows_no_words_within_other_words_of_it():
    reasons = advise("I got overlooked again in the promotion round").reasons

    assert all(
        not any(words in other for other in because.evidence if other != words)
        for because in reasons
        for words in because.evidence
    )


def test_single_words_advise_but_hold_no_question():
    leant = advise("Some days it is a gift to me, some days an insult, and I feel it")

    assert leant.choice is Choice.COACH
    assert not leant.is_clear


def test_what_nobody_is_part_of_is_rather_a_question():
    assert advise("My career as a nurse").choice is Choice.MENTORSHIP
    assert advise("A career as a nurse").choice is Choice.ASK


@pytest.mark.parametrize(
    "text",
    [
        "Ich weiß nicht, ob ich die neue Stelle will, und mir fehlt der Mut, es meinem Chef zu sagen",
        "Je ne sais pas si je dois accepter le poste, et personne ne parle de moi aux directeurs",
        "Me gustaría aprender a presentar mejor, un poco cada semana, con alguien que me pregunte",
        "Ik zou graag iemand met ervaring willen spreken over mijn loopbaan in de komende jaren",
    ],
)
def test_another_language_is_a_question(text: str):
    assert advise(text).choice is Choice.ASK


@pytest.mark.parametrize(
    ("text", "level", "fits"),
    [
        ("I feel torn about my role right now and want to sort my head", 3, Choice.COACH),
        ("the build is broken right now, can anyone help", 3, Choice.ASK),
        ("I'd love somebody more experienced to talk to now and then", 3, Choice.MENTORSHIP),
        ("early in my career I was brave, now I avoid every conflict and don't know why", 6, Choice.COACH),
        (
            "What do people early in their career want from us? I've been a director for years",
            6,
            Choice.REVERSE,
        ),
        ("help me get clear on how to deal with being the only remote person", 3, Choice.COACH),
        ("how to export the report as csv", 3, Choice.ASK),
    ],
)
def test_right_now_now_and_then_early_and_how_to_mean_what_stands_around_them(
    text: str, level: int, fits: Choice
):
    assert advise(text, level=level).choice is fits
