"""Every refusal of the domain has a sentence that says what to do, and gives nothing away."""

import inspect
from collections.abc import Iterator

import pytest

from handlers.block_kit import refusals
from handlers.conversations import ALL
from kernel import errors
from kernel.errors import (
    AskedAlready,
    CannotHelp,
    Ended,
    HelperFull,
    Invalid,
    MadeWay,
    NotAMember,
    NotFound,
    NotTheSame,
    Refusal,
    TooManyOpen,
    UndoOver,
    Unreadable,
)
from kernel.values import PersonId, RequestId

U1 = PersonId("U1")
EVERY = [
    NotFound("request", "R1"),
    Unreadable("person", "U1"),
    TooManyOpen(5),
    AskedAlready(RequestId("R1")),
    MadeWay(10),
    UndoOver(10),
    HelperFull(U1),
    *(NotAMember(U1, why) for why in ("guest", "left", "outside", "bot", "unknown")),
    *(
        CannotHelp(U1, why)
        for why in ("self", "guest", "left", "outside", "bot", "paused", "asked", "busy", "unknown")
    ),
    NotTheSame(U1, "paused"),
    Invalid("question", "too_long", limit=3000, length=4000),
    Invalid("hours", "unknown_word", word="noonish"),
    Invalid("topics", "unknown", topic="cobol"),
    Invalid("something", "new"),
]
PACKAGES = {"kernel", "mentoring", "coaching", "relationships", "reporting", "handlers"}
PLAIN = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__init__ is Refusal.__init__]


@pytest.fixture(autouse=True)
def spoken() -> None:
    """Every feature is served."""
    refusals.speak(ALL.sentences)


@pytest.mark.parametrize("refusal", [*EVERY, *(kind() for kind in PLAIN)], ids=repr)
def test_each_refusal_is_a_sentence(refusal: Refusal):
    said = refusals.sentence(refusal)

    assert said.rstrip()[-1] in ".!"
    assert "{" not in said
    assert "None" not in said


def test_all_of_the_tree_is_covered():
    named = {kind for _, kind in inspect.getmembers(errors, inspect.isclass)}

    assert named == {type(it) for it in EVERY} | set(PLAIN)


def test_whatever_the_program_refuses_has_a_sentence_of_its_own():
    program = {it for it in kinds_of(Refusal) if it.__module__.partition(".")[0] in PACKAGES}

    assert [it for it in program if it is not Invalid and it not in ALL.sentences] == []


def kinds_of(kind: type[Exception]) -> Iterator[type[Exception]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds_of(one)


def test_what_no_feature_is_served_for_is_said_as_what_it_is_a_kind_of():
    class OnLeave(Ended):
        """Somebody is away."""

    assert ALL.sentences.of(OnLeave()) == ALL.sentences.of(Ended())


@pytest.mark.parametrize("problem", ["past", "too_far"])
def test_a_moment_that_cannot_be_says_which_can(problem: str):
    said = refusals.sentence(Invalid("at", problem, limit=366))

    assert said != refusals.sentence(Invalid("something", "new"))


def test_an_asker_whose_helper_is_full_is_not_sent_to_their_own_profile():
    said = refusals.sentence(Invalid("minutes", "no_room"))

    assert "The other person has no minutes left this week" in said
    assert "profile" not in said


def test_pausing_being_busy_and_having_been_asked_look_the_same():
    assert len({refusals.sentence(CannotHelp(U1, why)) for why in ("paused", "asked", "busy")}) == 1


def test_a_problem_stands_under_its_field_and_anything_else_under_the_first():
    assert set(refusals.on_form(Invalid("minutes", "unknown"), {"minutes": "length"}, "question")) == {
        "length"
    }
    assert set(refusals.on_form(TooManyOpen(5), {}, "question")) == {"question"}


def test_a_form_gets_no_markup_it_cannot_show():
    for refusal in EVERY:
        [words] = refusals.on_form(refusal, {}, "question").values()
        assert not {"*", "`", "<"} & set(words)


def test_a_night_that_is_too_long_hears_the_limit():
    assert "14 hours" in refusals.sentence(Invalid("hours", "overnight_too_long", word="18:00-09:00"))
