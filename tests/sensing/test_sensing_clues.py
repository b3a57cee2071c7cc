"""What clues show only together: near one another, in any order, and of seniors more than of others."""

import pytest

from sensing.text.phrases import phrases
from sensing.triage.clues import NEAR, OF_SENIORS, SHOWS, TOGETHER
from sensing.triage.features import Clue, TriageFeature
from sensing.triage.triage import Choice, advise, features


@pytest.mark.parametrize("clue", Clue)
def test_every_clue_has_words_and_speaks_for_a_feature(clue: Clue):
    ways = [way for table in (TOGETHER, OF_SENIORS) for found in table.values() for way in found]

    assert phrases(f"clues/{clue}")
    assert clue in SHOWS or any(clue in way for way in ways)


def test_clues_near_one_another_show_a_feature_with_the_words_of_each():
    assert features("The director could say a word for the deputy post")[TriageFeature.SPOKEN_FOR] == (
        "director",
        "say a word",
    )


def test_the_order_of_clues_does_not_matter():
    before = features("He is a friend, and I must sit him down")
    after = features("I must sit her down, our nurse, she is a friend")

    assert TriageFeature.HARD_TALK in before
    assert TriageFeature.HARD_TALK in after


def test_clues_far_from_one_another_show_nothing():
    apart = " ".join(["word"] * (NEAR + 1))

    assert TriageFeature.SPOKEN_FOR not in features(f"The director {apart} say a word")


def test_one_stretch_of_words_is_not_two_clues():
    assert TriageFeature.SPOKEN_FOR not in features("somebody with influence")
    assert TriageFeature.SPOKEN_FOR in features("somebody with influence, and a bid")


def test_the_young_know_better_by_clues_only_where_a_senior_asks():
    text = "The trainees are quicker than I am, could one of them teach me?"

    assert advise(text, level=6).choice is Choice.REVERSE
    assert TriageFeature.JUNIORS_KNOW in features(text, level=6)
    assert TriageFeature.JUNIORS_KNOW not in features(text, level=2)
