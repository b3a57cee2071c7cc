"""What the guide says where an answer calls for more than the next question: data, in many wordings."""

from collections.abc import Mapping

from coaching.answers import Sort
from coaching.form import Keeps, Kind, Step

LEADS: Mapping[Sort, tuple[str, ...]] = {
    Sort.PASTED: (
        "That looks like a log or code, and I can't judge it.",
        "What you pasted was written by a machine; I only read people.",
        "I leave what was pasted aside.",
        "Logs and code are beyond me.",
        "A paste like that says nothing to me.",
    ),
    Sort.WANTS_PERSON: (
        "Yes: “Get help from a person”, below, finds you one. If you go on here meanwhile:",
        "A person is one press away: “Get help from a person”. Until then, if you like:",
        "“Get help from a person”, below, asks a colleague for you. To have it clear for them:",
        "You can have a person: the button below asks one. It helps them to know:",
        "That is what “Get help from a person” below is for. For them, and for you:",
    ),
    Sort.NEW_SUBJECT: (
        "Then that comes first.",
        "Good, we turn to that.",
        "Then let us leave the other thing where it is.",
        "Fine, this instead.",
        "Then this is what we talk about.",
    ),
    Sort.ANNOYED: (
        "Fair. I am a script, and I may have asked the wrong thing; “stop” ends this at once.",
        "I hear that this does not help. “skip” leaves a question out, “stop” ends the talk.",
        "That is on me, not on you. “skip” and “stop” always work.",
        "Understood: too much script. A person is one press away, below.",
        "Point taken. You can leave this one out with “skip”.",
    ),
    Sort.ASKS_BACK: (
        "I have only questions, and you know this far better than I do.",
        "I am a script and give no advice; the answer that fits is yours.",
        "Whatever I said would be a guess about your life.",
        "For an opinion, “Get help from a person” below finds a colleague. Here it is your view that counts.",
        "I keep to asking, so that what comes of it is your own.",
    ),
    Sort.UNSURE: (
        "Not knowing yet is fine.",
        "Nobody has to know that at once.",
        "Then a rough answer will do.",
        "That may take a moment, and a guess counts.",
        "It need not be the right answer, only a first one.",
    ),
    Sort.BARE: (
        "A few more words would help me to ask the right thing.",
        "I can work with words best, even three of them.",
        "Say it in a short sentence, if you can.",
        "There may be more behind that.",
        "I can't tell yet what that means for you.",
    ),
    Sort.POWERLESS: (
        "Much of it lies with others, then.",
        "So others decide here, as you see it.",
        "Then that part is out of your hands.",
        "The big lever is somebody else's, you say.",
        "You see little room of your own here.",
    ),
    Sort.NONE: (
        "Nothing so far, then.",
        "Then let us look from the other side.",
        "An empty page is a place to start, too.",
        "None that comes to mind at once.",
        "Then something smaller.",
    ),
}
GOES_ON = (
    "That can stay open for now.",
    "Then we leave that one open.",
    "It may come to you later; we go on.",
    "That one will keep.",
    "Let us go on without it.",
    "No need to settle that today.",
    "Then the next thing.",
)
SKIPPED = (
    "Left out.",
    "Then not that one.",
    "We pass that one over.",
    "That one is off the list.",
    "Fine, without it.",
    "Good, we leave that.",
    "On to another one.",
)
NONE_IS_FINE = (
    "Nothing to add, then.",
    "Then we have what we need.",
    "That is complete, then.",
    "Then we go with what is there.",
    "Good, then that is all of it.",
)
TIRED = (
    "This may not be the moment: “stop” ends the talk, and a person is one press away, below.",
    "You need not do this now. It keeps for days, and “stop” ends it.",
    "If words don't come today, that is fine: leave it, and come back when you like.",
    "It is no test. You can rest here, or press “Get help from a person”.",
    "Perhaps a person suits you better today; the button is below. Or we go on slowly.",
)
LOW = (
    "That is low, and says something about the plan, not about you. Some things go better with a person: the "
    "button is below.",
    "With a number like that, this may be too much for one alone. “Get help from a person” is below.",
    "So something stands against it. A person could look at it with you: the button is below.",
    "Good that you say so. You can bring in a person with the button below, and make it smaller as well.",
    "Then it is still too big, or too lonely. “Get help from a person” is right below.",
)
ENGLISH_ONLY = (
    "(I only ask in English. Write in any language you like.)",
    "(My questions come in English alone; yours is welcome.)",
    "(I speak English only, and keep your words as you write them.)",
    "(I can ask in English alone; answer in whichever language fits.)",
    "(English is all I speak; write as you think.)",
)
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
    "What is it that you begin at that point?",
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
    "What in it touches what we talk about?",
    "How would you say it in plain words?",
)
FRIEND = (
    "What would you tell a friend who stood where you stand?",
    "What would the you of next year say to that?",
    "What does the part of you that knows already say?",
    "If you had to answer it yourself right now, what would come first?",
    "What would somebody say who wants the best for you?",
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
    "What number from 0 to 10 would somebody give it who looks on?",
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


def every_lead() -> dict[str, tuple[str, ...]]:
    """Return all wordings that say something before a question, by what they are for."""
    said = {"goes_on": GOES_ON, "skipped": SKIPPED, "none_is_fine": NONE_IS_FINE, "tired": TIRED, "low": LOW}
    return {**said, "english": ENGLISH_ONLY, **{sort.value: wordings for sort, wordings in LEADS.items()}}
