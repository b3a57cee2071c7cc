"""What the guide says where an answer calls for more than the next question: data, in many wordings."""

from collections.abc import Mapping

from coaching.language.answers import Sort

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
    Sort.ASKS_WHO_SEES: (
        "What you write here is shown to nobody else.",
        "Nobody else is shown this talk.",
        "This is for your eyes alone.",
        "Only you see what is written here.",
        "No colleague and no manager is shown this.",
    ),
    Sort.CONFUSED: (
        "Put in other words:",
        "Let me ask that differently.",
        "That was not clear enough. Once more:",
        "Let me put it more simply.",
        "Fair question; this is what I am after:",
    ),
    Sort.SOMEBODY: (
        "Good to have somebody for it.",
        "I keep that name for the end.",
        "So there is somebody who may hear of it.",
        "That name goes on your card.",
        "Then you are not alone with it.",
    ),
    Sort.UNSURE: (
        "Not knowing yet is fine.",
        "Nobody has to know that at once.",
        "Then a rough answer will do.",
        "That may take a moment, and a guess counts.",
        "It doesn't have to be the right answer, only a first one.",
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
REFUSED = (
    "You don't have to. We leave that out.",
    "That stays yours.",
    "Fair, that is private.",
    "Then I don't ask for that.",
    "Good, that one is closed.",
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
    "You don't have to do this now. It keeps for days, and “stop” ends it.",
    "If words don't come today, that is fine: leave it, and come back when you like.",
    "This is no test. You can rest here, or press “Get help from a person”.",
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
    "(I ask in English only; your own language is welcome.)",
    "(I speak English only, and keep your words as you write them.)",
    "(I can ask in English alone; answer in whichever language fits.)",
    "(English is all I speak; write as you think.)",
)


def every_lead() -> dict[str, tuple[str, ...]]:
    """Return all wordings that say something before a question, by what they are for."""
    said = {
        "goes_on": GOES_ON,
        "skipped": SKIPPED,
        "refused": REFUSED,
        "none_is_fine": NONE_IS_FINE,
        "tired": TIRED,
        "low": LOW,
    }
    return {**said, "english": ENGLISH_ONLY, **{sort.value: wordings for sort, wordings in LEADS.items()}}
