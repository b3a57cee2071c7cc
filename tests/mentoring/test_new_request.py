"""What an asker writes: what is tidied, and what is refused with a code that says why."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ASKER, BEN, HOUR, NOW, R1

from kernel.errors import Invalid
from kernel.values import TopicId
from matching.values import Urgency
from mentoring.model.new_request import LONGEST, NewRequest, check_question, checked, like


def refused(new: NewRequest) -> tuple[str, str]:
    with pytest.raises(Invalid) as refusal:
        checked(new, make.TOPICS, make.POLICY)
    return refusal.value.field, refusal.value.problem


@pytest.mark.parametrize("question", ["", "   ", "\n\t\n"])
def test_a_question_needs_words(question: str):
    assert refused(make.new_request(question=question)) == ("question", "empty")


@pytest.mark.parametrize("question", ["🤔🤔", "?!", "…", ":thinking_face: :wave::skin-tone-3:", "👩‍💻 ❤️"])
def test_pictures_and_marks_alone_are_no_question(question: str):
    assert refused(make.new_request(question=question)) == ("question", "no_words")


@pytest.mark.parametrize("question", ["why", "как?", "كيف؟", "どうして", "3", "🤔 why"])
def test_a_question_may_be_in_any_script(question: str):
    assert check_question(f"  {question} ") == question


def test_a_question_that_fills_the_card_is_taken_and_one_letter_more_is_not():
    assert len(check_question("x" * LONGEST)) == LONGEST
    with pytest.raises(Invalid) as refusal:
        check_question("x" * (LONGEST + 1))
    assert refusal.value.facts == {"limit": LONGEST, "length": LONGEST + 1}


@given(
    st.text(max_size=200).filter(lambda text: any(letter.isalpha() for letter in text) and ":" not in text)
)
def test_any_text_with_a_letter_is_taken_trimmed(text: str):
    assert check_question(text) == text.strip()


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"tried": "x" * 3001}, "tried", "too_long"),
        ({"topics": ()}, "topics", "empty"),
        ({"topics": (TopicId("haskell"),)}, "topics", "unknown"),
        ({"topics": tuple(TopicId(f"t{n}") for n in range(11))}, "topics", "too_many"),
        ({"minutes": 20}, "minutes", "unknown"),
    ],
)
def test_a_field_that_is_wrong_is_named(changed: dict[str, object], field: str, problem: str):
    assert refused(make.new_request(**changed)) == (field, problem)


def test_doubled_topics_and_stray_blanks_are_tidied():
    new = checked(make.new_request(topics=(make.PYTHON,) * 3, tried=" cProfile "), make.TOPICS, make.POLICY)

    assert (new.topics, new.tried) == ((make.PYTHON,), "cProfile")


@pytest.mark.parametrize(
    ("urgency", "hours"), [(Urgency.NOW, 2), (Urgency.TODAY, 24), (Urgency.THIS_WEEK, 168)]
)
def test_the_urgency_says_until_when_help_is_of_use(urgency: Urgency, hours: int):
    request = make.new_request(urgency=urgency).as_request(R1, ASKER, make.POLICY, NOW)

    assert (request.asked_at, request.needed_by) == (NOW, NOW + hours * HOUR)


def test_a_request_can_be_asked_once_more_in_the_same_words():
    request = make.new_request(tried="cProfile", anonymous=True).as_request(R1, ASKER, make.POLICY, NOW)

    again = like(request, prefer=BEN)

    assert again == make.new_request(tried="cProfile", anonymous=True, prefer=BEN)
