"""What is said of sessions: on their cards and in their rooms, of when the two meet, and of how it went.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from collections.abc import Mapping

from mentoring.model.session import NextStep
from mentoring.sessions.feedback import Helped

# The card of a session, and the message in its room.
GOES_ON_BELOW = "This talk goes on in a newer message below."


def your_talk(other: str, when: str, where: str) -> str:
    return f"*Your talk with {other}.* {when} {where}"


def meet(asker: str, helper: str, when: str) -> str:
    return f"*{asker}, meet {helper}.* {when}"


def time_is_up(when: str) -> str:
    return f"*Time's up:* it ran until {when}. Carry on if you like, and press *Wrap up* when you're done."


FEW_MINUTES_LEFT = "*A few minutes are left:*"


def minutes(minutes: int) -> str:
    return f"{minutes} minutes,"


def until(left: str, when: str) -> str:
    return f"{left} until {when}."


OPENING = "I'm opening a conversation for the two of you. One moment."
IN_YOUR_CONVERSATION = "Talk in the conversation that I opened for the two of you."


def write_here(other: str) -> str:
    return f"*Write in this thread*, and I'll pass it on to {other} and nobody else."


def deleted(other: str, *, is_own: bool) -> str:
    if is_own:
        return (
            "*You deleted the message that this question came from.* Your talk goes on until one of you "
            "wraps it up."
        )
    return (
        f"*The message that this question came from was deleted by {other}.* Your talk goes on until one of "
        "you wraps it up."
    )


YOUR_MENTOR = "your mentor"
WHO_ASKED = "the person who asked"
TRIED = "Tried so far"
PROMPTS = {
    "asker": (
        "Say in one sentence what you want to have by the end.",
        "Show the smallest example of the problem.",
        "Before you finish: what will you try first, and when?",
    ),
    "helper": (
        "Ask what they want by the end, and what they've tried.",
        "Ask one more question before you answer.",
        "Before you finish: ask what they will try first, and when.",
    ),
    "room": (
        "What do you want to walk away with?",
        "What have you tried so far?",
        "Before you finish: what's the first step, and when?",
    ),
}
ROOM = (
    "I don't read what you two write here.\n"
    "If something is wrong, tell the admins from your own card, in your messages with me."
)
AFTERWARDS = "What comes next is on your own card, in your messages with me."

# Its buttons.
OPEN_CONVERSATION = "Open the conversation"
THREE_QUESTIONS = "Prepare with three questions"
MORE_TIME = "Need more time"
SHOW_NAMES_SURE = "Show names?"
SHOW_NAMES_WHEN = "Names are shown as soon as you both agree. Until then you can take it back."
I_AGREE = "I agree"
SHOW_NAMES = "Show names"
SHOW_NAMES_THEY_AGREE = "Show names (they agree)"
KEEP_HIDDEN = "Keep my name hidden"
BOTH_AGREED = "You both agreed to show names."
YOU_AGREED = "You agreed to show names. They're shown once the other person agrees too."
OTHER_WOULD = " The other person would like to show names."


def neither_sees(wish: str) -> str:
    return (
        f"Neither of you sees the other's name.{wish} Admins learn your names only if one of you reports "
        "a problem."
    )


# A session that is over.


def talk_is_over(why: str) -> str:
    return f"*This talk is over.* {why}"


def has_left(who: str) -> str:
    return f"{who} doesn't work here any more."


THANK_YOU_BOTH = "Thank you both!"


def your_talk_is_over(other: str, why: str) -> str:
    return f"*Your talk with {other} is over.* {why}"


THEY_LEFT = "They don't work here any more."
ONLY_MEMBERS = "Only members can help here."
THEY_CANT_HELP = "They can't help here any more."


def it_took(minutes: int) -> str:
    return f"It took about {minutes} minutes. "


def thank_you(spent: str) -> str:
    return f"{spent}Thank you!"


WRITE_NEXT_STEP = "Write down your next step"
KEEP_GOING_SURE = "Keep going for a few months?"
KEEP_GOING_HOW = (
    "If the other person would like that too, I'll tell you both, and you agree on how. If not, nobody "
    "is told."
)
I_WOULD_LIKE_THAT = "I'd like that"
KEEP_GOING = "Keep going together"
TAKE_IT_BACK = "Take it back"
BOTH_KEEP_GOING = "*You both want to keep going together.* See the message about your mentorship."
NO_ROOM_OF_YOURS = (
    "*You both want to keep going together,* but you have no room for a mentorship right now. *Set how many "
    "I mentor* on the Home tab changes that."
)


def would_keep_going(other: str, until: str) -> str:
    """That a wish stands alone, as far as its reader may know."""
    return (
        f"*You'd like to keep going together.* If {other} says so too by {until}, I'll tell you both. If "
        "not, nobody is told."
    )


def no_room_of(other: str) -> str:
    """That the mentor has no place."""
    return f"*You both want to keep going together,* but {other} has no room for a mentorship right now."


def reminder(when: str) -> str:
    return f"Reminder on {when}."


YOUR_NEXT_STEP_IS = "Your next step:"

# What is passed on.


def part_of(who: str, part: int, count: int) -> str:
    return f"*{who}* ({part} of {count}):"


def change_not_passed_on(other: str) -> str:
    return f"This talk is over, so I didn't pass your change on: {other} still sees what you wrote first."


def between(since: str, until: str) -> str:
    return f"between {since} and {until}"


def i_was_away(span: str) -> str:
    return f"*I was away {span}.* What you wrote to me then may not have arrived."


THE_PERSON_WHO_ASKED = "The person who asked"
YOUR_MENTOR_SAYS = "Your mentor"
WAITS = "Your talk is over. How was it? I'm asking once more below."
SOMEONE = "Someone"


def over_with_word(name: str) -> str:
    return f"Your talk is over. A note from {name} is below."


# The forms at the end of a session.
NEXT_STEP_HEADING = "*Your next step* (optional): one small thing, and when."


def about_minutes(minutes: int) -> str:
    return f"About {minutes} minutes"


HOW_LONG = "How long did it take?"
ONE_SMALL_THING = "One small thing is enough. Say when you'll do it."
YOUR_NEXT_STEP = "Your next step"
CUE_EXAMPLE = "Tuesday's stand-up"
ACTION_EXAMPLE = "run the profiler on the nightly job"
WHEN_AFTER = "When? After …"
WHAT_WILL_YOU_DO = "What will you do?"
REMIND_ME = "Remind me"

# Where one of the two reports it.
A_TALK = "a talk"
END_NOW = "End this talk now"
ASKED_NO_MORE = "I won't ask either of you how it went."
LASTS = {True: "goes on", False: "is over"}


def who_was_who(asker: str, helper: str, lasts: str) -> str:
    return f"{asker} asked, {helper} helped. The talk {lasts}."


# How it went.
MOVED_DOWN = "This question moved down to a newer message."
DID_IT_HELP = "*Did it help?*"
WAS_IT_WORTH = "*Was it worth your time?*"


def you_talked_with(question: str, other: str) -> str:
    return f"{question} You talked with {other}."


HELPED: Mapping[Helped, str] = {"yes": "Yes", "partly": "Partly", "no": "Not this time"}
TOLD: Mapping[Helped, tuple[str, str]] = {
    "yes": ("You said it helped.", "You said it was worth your time."),
    "partly": ("You said it helped in part.", "You said it was partly worth your time."),
    "no": ("You said it didn't help this time.", "You said it wasn't worth your time."),
}


def a_word_from(name: str) -> str:
    return f"*A note from {name}:*"


THANKS = "Thank you."
ADD_A_WORD = "Add a note for them"


def word_is_below(name: str) -> str:
    return f"Thank you for your answer. A note from {name} is below."


NOT_ASKED_ANY_MORE = "I won't ask about this talk any more. That's fine."


def once_they_answered(who: str) -> str:
    return f"Once {who} has answered too, or in a few days, they'll see your words."


def shown_to(who: str) -> str:
    return f"I've shown {who} your words."


def wont_see(who: str) -> str:
    return f"{who} won't see your words: I've stopped asking about this talk."


DID_IT_HELP_FIELD = "Did it help?"


def a_word_for(name: str) -> str:
    return f"A note for {name}"


WHEN_SEEN = "until you've both answered, or a few days have passed"


def not_shown(when: str) -> str:
    return f"It isn't shown {when}."


PLACEHOLDERS = {"asker": "What was most useful?", "helper": "What did you enjoy, or learn yourself?"}
AFTER_YOUR_TALK = "After your talk"
SEND = "Send"

# Did you use it?
TIME_FOR_STEP = "*It's time for your next step.* Have you done it, and did it help?"


def did_you_use(other: str, when: str) -> str:
    return f"*Did you use what you talked about with {other}?* That was on {when}."


YOU_WROTE = "You wrote:"
USED_IT = "Yes, I used it"
NOT_YET = "Not yet"
NO_USE = "It was no use"
DID_AND_HELPED = "Yes, and it helped"
DID_BUT_NO_HELP = "Yes, but it didn't help"


def you_used_it(told: str) -> str:
    return f"*You used it.*{told}"


NOT_YET_FINE = "*Not yet: that's fine.* Come back to this card once you have."


def it_was_no_use(way: str) -> str:
    return f"*It was no use this time.* Thank you for saying so.{way}"


ANSWERED_ELSEWHERE = "You've answered about this talk in another message, so there's nothing left to do here."
ASKED_AGAIN = "I've asked about this talk again in a newer message, so there's nothing left to do here."
NOTHING_LEFT = "I won't ask about this talk any more, so there's nothing left to do here."


def let_know(other: str) -> str:
    return f" I've let {other} know."


def could_not_tell(other: str) -> str:
    return f" {other[:1].upper()}{other[1:]} doesn't work here any more, so I couldn't let them know."


SOMEBODY_ELSE_MAY = " Somebody else may help more:"
ASK_SOMEONE_ELSE = "Ask someone else"
PERSON_YOU_HELPED = "The person you helped"
TALK_WAS_OF_USE = "Your talk was of use."
ADVICE_WAS_USED = "Your advice was used."


def used_what(used: str, who: str, topics: str) -> str:
    return f"*{used}* {who} used what you talked about ({topics}). Thank you!"


# The Home tab, and what is refused.


def step_from_talk(who: str) -> str:
    return f"It's time for your next step from your talk with {who}."


def did_you_use_row(who: str) -> str:
    return f"Did you use what you talked about with {who}?"


def all_talks(total: int) -> str:
    return f"All my talks ({total})"


NONE_OPEN = "None open."
MY_TALKS = "My talks"


def with_other(who: str, row: str) -> str:
    return f"With {who}, {row}:"


TIME_ADDED_TOO_OFTEN = "You have added time {limit} times. Wrap up, and ask for another talk."
NO_MINUTES_LEFT = (
    "The other person has no minutes left this week, so I can't book more. Carry on if you both like, and "
    "wrap up when you're done."
)


def next_step(step: NextStep) -> str:
    """A next step as one sentence in its writer's own words."""
    cue = f"After {step.cue}, I will" if step.cue else "I will"
    stop = "" if step.action.endswith((".", "!", "?", "…")) else "."
    return f"{cue} {step.action}{stop}"
