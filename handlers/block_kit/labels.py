"""Words that are the same in several features, and those of what the block kit itself shows."""

# Buttons
ADD_TO_GOAL = "Add to a goal"
ANOTHER_DAY = "Another day"
BACK = "Back"
CANCEL = "Cancel"
CHANGE = "Change"
CLOSE = "Close"
DONE = "Done"
DROP_IT = "Drop it"
FORGET = "Forget it"
GO_ON = "Continue"
KEEP_IT = "Keep it"
LEAVE_IT = "Leave it"
NOT_NOW = "Not now"
PERSON = "Ask a colleague instead"
SAVE = "Save"
SHOW_EVERYTHING = "Show everything"
TRY_AGAIN = "Try again"
UNDO = "Undo"
WRAP_UP = "Wrap up"

# Fields
TOO_LONG = "This is too long; {limit} characters fit."

# Windows and menus
APP = "Waymark"
CHOOSE_PERSON = "Choose a person"
CHOOSE_PEOPLE = "Choose people"
TYPE_LETTERS = "Type a few letters"
MORE_TOPICS = "More topics"

# Long texts and long lists, a page at a time
READ_THE_REST = "Read the rest"
WHOLE_QUESTION = "The whole question"
NEXT_PART = "Next part"
NOTHING_MORE = "Nothing more."
MY_QUESTIONS = "My questions"
MY_TALKS = "My talks"
NEWEST, NEWER, OLDER = "Newest", "Newer", "Older"
NOTHING_YET = "Nothing here yet."
SOMEONE = "Someone"
NOT_TALKED = "you didn't talk"
STATES = {
    "open": "looking",
    "offered": "asking people",
    "accepted": "somebody said yes",
    "in_session": "in a talk",
    "unanswered": "nobody yet: your choice",
    "resolved": "talked through",
    "withdrawn": "withdrawn",
    "expired": "nobody found",
}


def minutes(spent: int) -> str:
    """How long a session took."""
    return f"{spent} minutes"


def range_of(first: int, last: int, total: int) -> str:
    """Which of all are shown, counted from 1."""
    return f"{first} to {last} of {total}" if last > first else f"{first} of {total}"


# How experienced somebody is, by level
CAREER = {
    1: "Intern or trainee",
    2: "Junior",
    3: "Experienced",
    4: "Senior",
    5: "Lead or staff",
    6: "Principal or head",
    7: "Director or above",
}
