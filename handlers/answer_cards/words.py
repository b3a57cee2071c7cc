"""What answer cards say: to the two who share one, to an admin, and on the card of a question asked again.

What is put into a sentence comes as it is to be shown, escaped where it is markup.
"""

# The card of the two, and of an admin.
MOVED = "The newest message about this answer is below."
WHY_GONE = {
    "by_one": "One of you took it down.",
    "by_admin": "An admin took it down.",
    "in_time": "Nobody agreed to it or confirmed it in time.",
}
TAKEN_DOWN = "Taken down. Nobody will be able to find it any more, and its words are gone."


def gone(why: str) -> str:
    return f"*This answer is gone.* {why} Its text has been deleted."


INVITATION = (
    "*Would this help the next person who asks?* Write the answer down in a few lines. Others can "
    "only find it if the person who asked agrees, and it won't show your names."
)
WRITE_IT_DOWN = "Write it down"
QUESTION = "Question:"
ANSWER = "Answer:"
TAKE_DOWN_SURE = "Take this answer down?"
TAKE_DOWN_MEANS = (
    "Nobody will be able to find it any more, and its text is deleted. The two who shared it will see "
    "that an admin did this."
)
TAKE_IT_DOWN = "Take it down"


def for_admin(code: str) -> str:
    return f"*Answer card `{code}`.* Only this one is shown here, and not who wrote it."


def they_changed(who: str) -> str:
    return f"*Is it OK if others find it in these words?* {who} changed them."


def they_changed_yours(who: str) -> str:
    return f"*Is it OK if others find it in these words?* {who} changed what you wrote."


def they_wrote(who: str) -> str:
    return f"*Is it OK if others find this answer?* {who} wrote it down after your talk."


def waiting_for(who: str) -> str:
    return f"*Waiting for a yes from {who}.* Nobody else sees it until then."


def cannot_agree(who: str) -> str:
    return f"*{who} doesn't work here any more, so they can't agree.* Nobody else will see this answer."


TAKE_IT_BACK = "Take it back"
WHO_SEES_IT = (
    "Anyone who asks the same thing sees it before I ask a colleague. Neither of your names is on it, "
    "and either of you can take it down at any time."
)
LET_OTHERS_FIND = "Let others find it"
KEEP_BETWEEN_US = "Keep it between us"


def still_true(until: str) -> str:
    return f"*Is this still true?* Unless you say so, nobody can find it after {until}."


def found_until(until: str, uses: str) -> str:
    return f"*Others can find this answer now,* until {until}.{uses}"


def enough(count: int) -> str:
    return f" and solved it {times(count)}"


def shown(count: int, solved: str) -> str:
    return f" It was shown {times(count)}{solved}."


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


RAN_OUT_WRITER = "*Nobody can find this answer any more:* it has expired. Is it still true?"
RAN_OUT = "*Nobody can find this answer any more:* it has expired."
STILL_TRUE = "Still true"
CHANGE_WORDS = "Change the words"
DELETE_SURE = "Delete this answer?"
DELETE_MEANS = "Nobody will be able to find it any more, and its text is deleted."
DELETE_IT = "Delete it"
THE_OTHER = "the person you talked with"

# The form.
HOW = (
    "A few lines are enough. Next, you'll see it as others would. They can only find it once the "
    "person who asked agrees too, and neither name is on it."
)
READ = (
    "This is what others would read. I hide links, numbers and names of people I know. I can't spot a "
    "client, a team or a person described in other words: only you can."
)
UNNAMED = "Nobody can tell from this who or which client it's about"
THE_QUESTION = "The question"


def question_hint(limit: int) -> str:
    return f"As somebody else would ask it, in at most {limit} characters."


THE_ANSWER = "The answer"


def answer_hint(limit: int) -> str:
    return f"What helped, and when it doesn't apply. At most {limit:,} characters."


FORM_TITLE = "Write it down"
PREVIEW_TITLE = "As others see it"
PREVIEW = "Preview"
PLEASE_READ = "Please read it once as a stranger would"


def hidden(what: str) -> str:
    return f"*I've hidden {what}.*"


# On the card of a question that was asked before.
SOLVED_SAID = "Solved. I'm not asking anyone."
SOLVED = "*Solved by an earlier answer.* I'm not asking anyone."
CLOSED = "*This question is closed.* I'm not asking anyone about it."


def goes_on(when: str) -> str:
    return f"If you choose nothing, I'll ask a colleague {when}."


SOLVED_IT = "Solved it"
STILL_TALK = "Still talk to someone"


def asked_before(goes_on: str) -> str:
    return f"*Someone here asked this before.* Does this answer it? {goes_on}"


def last_checked(when: str) -> str:
    return f"Last checked on {when}. "


def written_by_two(checked: str) -> str:
    return f"Written down by two colleagues after their talk, without names. {checked}"


def tell_code(code: str) -> str:
    return f"Something in it that shouldn't be? Tell an admin its code: `{code}`"


MEANWHILE = "*Meanwhile:* someone here asked this before."
AFTER_ALL = "I need someone after all"

# The command of admins, and refusals.
WHICH = "Write the code of the card after it, as `/ask-mentor answer-card 1a2b3c4d`."
NO_CARD = "I don't know an answer card {}. It may have been taken down already."
FOR_ADMINS = "Only admins can look at one answer card and take it down."
HELP = "`/ask-mentor answer-card …` shows an admin one answer, by its code, to take it down."
NO_CARD_OF_THIS = "This talk's answer can't be written down now."
ADMINS_ALONE = "Only admins can take down other people's answers."
ANSWER_EMPTY = "Write in a few lines what helped."
ANSWER_TOO_LONG = "This is {length} characters long; {limit} fit. Please shorten it."
CONFIDENTIAL = (
    "This is something for people who can act on it in confidence, so it can't become an answer for everyone."
)
UNNAMED_EMPTY = "Tick this once you've read it as a stranger would."
