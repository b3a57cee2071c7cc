"""The guide's sentences besides the questions of its forms, as `*.toml` beside this module gives them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated

from coaching.data import Data, Sentence, Wordings, filled_by, holding, read
from coaching.language.form import Keeps, Kind, Sort, Step

Around = Annotated[Wordings, holding(1)]


class Replies(Data):
    """What is said before a question; *leads* by the sort of the answer."""

    goes_on: Wordings
    skipped: Wordings
    refused: Wordings
    none_is_fine: Wordings
    to_oneself: Wordings
    tired: Wordings
    low: Wordings
    english_only: Wordings
    leads: Mapping[Sort, Wordings]


class Prompts(Data):
    """What is asked in place of a step's own question; *less* by what the step keeps."""

    pasted: Wordings
    friend: Wordings
    moment: Wordings
    number: Wordings
    in_hand: Wordings
    what_then: Wordings
    which_first: Wordings
    on_the_day: Wordings
    which_day: Wordings
    smaller_when: Wordings
    guess: Wordings
    few_words: Wordings
    guessed_number: Wordings
    less: Mapping[Keeps, Wordings]

    def smaller(self, step: Step) -> Wordings:
        """Wordings that ask for less than a step does, where somebody does not know."""
        if step.verbatim:
            return self.few_words
        otherwise = self.guessed_number if step.kind is Kind.SCALE else self.guess
        return self.less.get(step.keeps, otherwise)


class ReflectionPhrases(Data):
    """What leads in the person's own words, given back; *levels* by the part of a goal scale."""

    quoted: Around
    earlier: Around
    moment: Around
    tell: Around
    speech: Around
    listed: Around
    number: Around
    last: Annotated[Sentence, filled_by("step")]
    last_on: Annotated[Sentence, filled_by("on", "step")]
    heard_of_last: Annotated[Sentence, filled_by("said")]
    levels: Mapping[Keeps, Sentence]


@cache
def replies() -> Replies:
    return read("coaching.guide", "replies", Replies)


@cache
def prompts() -> Prompts:
    return read("coaching.guide", "prompts", Prompts)


@cache
def reflection_phrases() -> ReflectionPhrases:
    return read("coaching.guide", "reflection_phrases", ReflectionPhrases)


def every(texts: Data) -> Iterator[tuple[str, Wordings]]:
    """Yield all wordings of a file with what they are for; a phrase that has but one is none of them."""
    for name, said in texts:
        by_key = said.items() if isinstance(said, Mapping) else [(None, said)]
        yield from ((f"{name} {key}" if key else name, one) for key, one in by_key if isinstance(one, tuple))
