"""The form in which a senior says what they want to learn from a junior."""

from handlers.block_kit import blocks, refusals
from handlers.block_kit.blocks import Element, View
from handlers.mentor_search import wish_form, words
from handlers.mentor_search.wish_form import Filling
from handlers.mentorships import words as mentorship_words
from kernel.desk import Desk
from relationships.mentorships.agreement import usual

OPEN = "reverse.form"
FORM = "reverse.wish"
problems = refusals.under("wants")


def open_button() -> Element:
    """The button that opens an empty form."""
    return blocks.button(words.LEARN_FROM_JUNIOR, OPEN, "form")


def form(filling: Filling, desk: Desk) -> View:
    """The form."""
    rhythm = mentorship_words.whole_rhythm(usual("", is_reverse=True))
    fields = [
        *wish_form.what(
            filling, desk, (words.WANT_TO_LEARN, words.WHOEVER_I_ASK_READS, words.FOR_INSTANCE_LEARN)
        ),
        blocks.context(words.ONE_AT_A_TIME, words.usually(rhythm)),
    ]
    return blocks.modal(FORM, words.LEARN, fields, submit=words.LOOK, metadata=wish_form.kept(filling))
