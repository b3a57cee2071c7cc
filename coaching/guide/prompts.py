"""What the guide asks where an answer calls for more than the next question: data, in many wordings."""

from collections.abc import Mapping

from coaching.language.form import Keeps, Kind, Step

IN_HAND = (
    "Which small part of it is yours to decide?",
    "What lies in your own hands, however small?",
    "What can you say, ask or leave undone, whoever decides the rest?",
    "Whom could you reach who does decide, and what would you ask of them?",
    "What would you do differently, even if nobody else moved?",
)
WHAT_THEN = (
    "What will you do at that moment?",
    "And what happens then: which first small step?",
    "What do you start doing at that point?",
    "What would somebody see you do just then?",
    "Which one thing do you do, when that moment comes?",
)
ON_THE_DAY = (
    "At what moment of that day: right after what?",
    "What will have just happened that day when you begin?",
    "Where will you be on that day, and what comes right before it?",
    "Which moment of that day suits it: after what?",
    "What on that day tells you that it is time?",
)
PASTED_QUESTIONS = (
    "What does it mean for you, in one sentence of your own?",
    "What do you take from it, in your own words?",
    "What would you tell somebody who can't read it?",
    "What in it matters for what we are talking about?",
    "How would you say it in plain words?",
)
FRIEND = (
    "What would you tell a friend who stood where you stand?",
    "What would the you of next year say to that?",
    "What does the part of you that knows already say?",
    "If you had to answer it yourself right now, what would come first?",
    "What would somebody who wants the best for you say?",
)
MOMENT = (
    "On which day will that be, and right after what?",
    "What will have just happened when you start, and on which day?",
    "Where and when is the first chance for it?",
    "If you had to name one day and one moment for it, which would they be?",
    "Right after what, and on which day, does it begin?",
)
NUMBER = (
    "Which number from 0 to 10 would that be?",
    "What would that be in a number, from 0 to 10?",
    "If that were a number from 0 to 10, which one?",
    "Where does that lie between 0 and 10?",
    "Which one of the numbers 0 to 10 comes closest to that?",
)
_SMALLER_OTHERWISE = (
    "What is your first guess, right or wrong?",
    "Which small part of it do you know?",
    "What would somebody who knows you well say here?",
    "If you did know, what would it be?",
    "What comes to mind first, however small?",
)
_SMALLER_SPEECH = (
    "What would you say if you had only ten words for it?",
    "How would you put it to a good friend, word for word?",
    "What is the plainest sentence that is still true?",
    "Which three words have to be in it, and how does it sound with them?",
    "How would it begin, if it began with “I”?",
)
_SMALLER_NUMBER = (
    "Which number from 0 to 10 comes first, without thinking?",
    "Which number from 0 to 10 would it have been a week ago?",
    "What number from 0 to 10 would an onlooker give it?",
    "From 0 to 10, what does your gut say?",
    "Which number from 0 to 10 is surely not too high?",
)
_SMALLER: Mapping[Keeps, tuple[str, ...]] = {
    Keeps.GOAL: (
        "What would be a little better than it is now?",
        "What would you like less of?",
        "What do you not want to look the same in a month?",
        "Which part of it bothers you most?",
        "What made you write just now?",
    ),
    Keeps.OPTIONS: (
        "What is the smallest thing that anybody could do here?",
        "What did you do the last time something like this came up?",
        "What have you seen others do in a spot like this?",
        "What would you do if it could not go wrong?",
        "What is one thing that you could stop doing?",
    ),
    Keeps.STEP: (
        "Which of the things you have named is the lightest?",
        "What could you do in the next ten minutes?",
        "Which one would you be glad to have behind you?",
        "What is the least that would still count?",
        "Which one would you do if you did only one?",
    ),
    Keeps.CUE: (
        "What do you do on every working day without fail, that it could follow?",
        "Which part of tomorrow is most your own?",
        "When in your week do you have ten quiet minutes?",
        "What is already in your calendar that it could come right after?",
        "Which time of the day suits you for things like this?",
    ),
    Keeps.CONFIDENCE: (
        "Which number from 0 to 10 comes first, without thinking?",
        "If a friend had to bet on you, which number from 0 to 10 would it be?",
        "Is it above or below 5, and which number from 0 to 10 comes closest?",
        "What number from 0 to 10 would you give it on an ordinary day?",
        "From 0 to 10, what does your gut say?",
    ),
    Keeps.TELL: (
        "Who asks you now and then how things are?",
        "Who would notice if it went well?",
        "Whom did you last tell about something that worked?",
        "Who is easy for you to talk to?",
        "Who sits, works or lives close to you?",
    ),
}


def smaller(step: Step) -> tuple[str, ...]:
    """Return wordings that ask for less than a step does, where somebody does not know."""
    if step.verbatim:
        return _SMALLER_SPEECH
    otherwise = _SMALLER_NUMBER if step.kind is Kind.SCALE else _SMALLER_OTHERWISE
    return _SMALLER.get(step.keeps, otherwise)


def every_prompt() -> dict[str, tuple[str, ...]]:
    """Return all wordings that ask something, by what they are for."""
    less = {f"less {keeps}": wordings for keeps, wordings in _SMALLER.items()}
    guesses = {"guess": _SMALLER_OTHERWISE, "guessed number": _SMALLER_NUMBER, "few words": _SMALLER_SPEECH}
    other = {
        "pasted": PASTED_QUESTIONS,
        "friend": FRIEND,
        "moment": MOMENT,
        "number": NUMBER,
        "in hand": IN_HAND,
        "what then": WHAT_THEN,
        "on the day": ON_THE_DAY,
    }
    return {**less, **guesses, **other}
