"""Which questions are none of work, and which only sound like it."""

import pytest

from sensing.triage.private_life import is_private


@pytest.mark.parametrize(
    "text",
    [
        "what should I cook for dinner on Saturday",
        "my landlord won't give my deposit back",
        "which phone should I buy for my mum",
        "how do I get my toddler to sleep through the night",
        "can you recommend a good film for tonight",
        "should I marry him",
        "how do I get red wine out of a carpet",
        "which dog breed suits a small flat?",
    ],
)
def test_a_question_of_life_outside_work_is_known(text: str):
    assert is_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "my husband wants me to quit this job and I can't decide",
        "which phone can I order for on-call",
        "who can recommend a caterer for the team offsite",
        "how do I tell my boss that my son is ill",
        "how do I bake the config into the image",
        "is there a recipe for a clean migration",
        "the tiles in the map view don't load",
        "I miss my kids' bedtime because I can't say no to late calls",
    ],
)
def test_whatever_speaks_of_work_is_a_question_of_work(text: str):
    assert not is_private(text)
