"""What is said about which kind of help fits, of whom to turn to in need, and of `/coach-me` itself."""

from sensing.safety.safety import Category
from sensing.triage.triage import Choice, TriageFeature

# Which kind of help fits, and why
FITS = {
    Choice.ASK: "a quick question to a colleague seems to fit best",
    Choice.COACH: "thinking it through seems to fit best",
    Choice.SPRINT: "a few weeks of practice seem to fit best",
    Choice.PEER_COACH: "coaching each other with somebody in the same place seems to fit best",
    Choice.MENTORSHIP: "a mentor seems to fit best: somebody who has been there, over a longer time",
    Choice.REVERSE: "somebody earlier in their career seems to fit best: they know this first-hand",
    Choice.SPONSOR: "a sponsor seems to fit best: somebody who speaks for you when you're not in the room",
}
BECAUSE = {
    TriageFeature.FACT_WANTED: "somebody can simply tell you",
    TriageFeature.BROKEN_THING: "something isn't working",
    TriageFeature.SOMEONE_WHO_KNOWS: "you're looking for somebody who knows",
    TriageFeature.URGENT: "it's urgent",
    TriageFeature.OWN_DECISION: "the decision is your own",
    TriageFeature.STUCK_INSIDE: "something keeps holding you back",
    TriageFeature.HARD_TALK: "a hard conversation lies ahead",
    TriageFeature.WANTS_COACHING: "you ask for coaching",
    TriageFeature.SKILL_TO_BUILD: "you want to build a skill",
    TriageFeature.PRACTICE: "it takes practice",
    TriageFeature.WEEKS: "it takes a few weeks",
    TriageFeature.SAME_GROUND: "you're looking for people in the same place",
    TriageFeature.MUTUAL: "you want to help each other",
    TriageFeature.CAREER: "it's about your career",
    TriageFeature.LONG_HORIZON: "it's about the long run",
    TriageFeature.EXPERIENCE_WANTED: "you want to hear from experience",
    TriageFeature.WANTS_MENTOR: "you ask for a mentor",
    TriageFeature.JUNIORS_KNOW: "people earlier in their careers know it best",
    TriageFeature.NEW_WAYS: "it's about new ways of working",
    TriageFeature.VISIBILITY: "you want to be seen",
    TriageFeature.SPOKEN_FOR: "you want somebody to speak for you",
    TriageFeature.PASSED_OVER: "you were passed over",
    TriageFeature.SENIOR_ASKING: "you're a senior yourself",
    TriageFeature.WORDING: "your words point that way",
}
FOUND_BY = {
    Choice.MENTORSHIP: "`/coach-me mentor` finds one",
    Choice.SPONSOR: "`/coach-me sponsor` asks one",
    Choice.REVERSE: "`/coach-me reverse` finds one for a few months",
}
PRIVATE_LIFE = (
    "This doesn't sound like a question about work, so a friend may be the better one to ask. You can still "
    "think it through here, for yourself."
)
CANT_TELL = "I can't tell from this what fits best. Which of these feels right?"
WAYS = (
    "A guided talk asks you one question at a time, for up to ten minutes. A mentor is a colleague who "
    "answers. *More ways* has practice, coaching each other, and people for a few months."
)
LEVEL_ASKED = (
    "What fits depends on your experience. How experienced are you? I ask this once, and also go by it "
    "when I look for somebody to help you."
)
LEVEL_SAID = "I go by the experience shown here. You can change it."
LEVEL_UNSAID = "I'd rather not say"
LEVEL_NOTED = "Noted. Asking a colleague is the way to go here."
LAST_TIME = "Last time you asked a person instead, so that comes first."
ALONE = "Only you see this, and you choose. A script read your words; no AI model did, and no person."
EVERY_WAY = "`/coach-me` shows every way"


def talk_may_fit(title: str) -> str:
    """That a guided talk may fit, where nothing in the words says so."""
    return f"A guided talk may fit best: {title.lower()}."


def sentence(fits: str) -> str:
    """What fits, as the beginning of a sentence."""
    return f"{fits[0].upper()}{fits[1:]}"


def fitting(choice: Choice, talk: str) -> str:
    """What fits, as a sentence; *talk* is the title of the guided talk that fits."""
    return f"{sentence(_fits(choice, talk))}."


def _fits(choice: Choice, talk: str) -> str:
    """What fits; a guided talk by the name that its button has."""
    return f"the guided talk “{talk}” seems to fit best" if choice is Choice.COACH else FITS[choice]


def because(listed: str) -> str:
    """Why it fits, from reasons that are a list in words."""
    return f"Why: {listed}."


def shown_by(because: str, quoted: str) -> str:
    """A reason with the person's own words that show it."""
    return f"{because} ({quoted})"


def also(choice: Choice, because: str) -> str:
    """What else fits a question that was asked, why, and the way to it."""
    return f"{sentence(FITS[choice])}, because {because}. {FOUND_BY.get(choice, EVERY_WAY)}."


# The doors
ASK_MENTOR = "Ask a mentor"
ASK_ANYWAY = "Ask a mentor anyway"
PEER = "Coach each other"
SPRINT = "Plan a skill sprint"
OTHER_TALK = "Another guided talk"
MORE_WAYS = "More ways"
FOR_MONTHS = {
    Choice.MENTORSHIP: "Find a long-term mentor",
    Choice.SPONSOR: "Ask for a sponsor",
    Choice.REVERSE: "Learn from a junior colleague",
}

# Before a question goes to anybody
KEPT_UNTIL = (
    "I've kept your question until you choose. If you ask anyway, I won't stop you again. "
    "`/coach-me` shows other ways."
)
PRIVATE = (
    "This doesn't sound like a question about work, so colleagues may not be able to help. "
    "`/coach-me` helps you think it through for yourself."
)


def before_asking(choice: Choice, talk: str) -> str:
    """What fits better than to ask; *talk* is the title of the guided talk that fits."""
    return f"*Before I ask anyone: {_fits(choice, talk)}.*"


# Whom to turn to in need
TALK_TO_SOMEONE = "Please talk to someone"
CAREFUL = {
    Category.VIOLENCE: "violence",
    Category.HARASSMENT: "harassment",
    Category.DISCRIMINATION: "discrimination",
}
PROFESSIONAL = {
    Category.LEGAL: "a legal question",
    Category.MEDICAL: "a medical question",
    Category.IMMIGRATION: "a question of immigration law",
    Category.PAY: "it's about pay",
}
NOBODY_KNOWS = "This answer is automated. Nobody has been told, and I keep none of"
EMERGENCY = "If you or somebody else may be in danger, please call your local emergency number now."
STOP = (
    "*What you wrote sounds serious. Please talk to a person about it now, not to an app.* "
    f"{NOBODY_KNOWS} what you wrote. {EMERGENCY}"
)
STOP_QUOTED = (
    "*What this message says sounds serious. Please talk to a person about it now, not to an app.* "
    f"{NOBODY_KNOWS} it. If whoever wrote it may be in danger, please call your local emergency number now, "
    "and stay with them if you can."
)
A_LOT = "That sounds like a lot. You don't have to carry it alone."
OFF = (
    "*Guided talks are switched off here.* An admin can switch them on by naming at least one "
    "person or service to turn to in need, under `support:` in `manifest.yml`. I can find you a colleague."
)


def careful(category: Category) -> str:
    """What belongs with people who can act on it in confidence."""
    return (
        f"This sounds like {CAREFUL[category]}, and that belongs with people who can act on it "
        "in confidence. I don't give advice on it, and no colleague sees it unless you send it to one."
    )


def professional(category: Category) -> str:
    """What belongs with a professional."""
    subject = PROFESSIONAL[category]
    return f"This looks like {subject}. I don't give advice on that, but I can help you prepare what to ask."


# What is on somebody's mind, from Home
THINK = "Think something through"
THINK_TITLE = "Think it through"
MIND = "What is on your mind?"
MIND_EXAMPLE = "I keep putting off a talk with my manager"
MIND_HINT = "Nobody sees it unless you send it on."
MIND_NEXT = "I'll say in our messages which kind of help fits, and why. You choose."
SEE = "See what fits"
NO_MIND = "Write a sentence or two."

# `/coach-me` itself: its help takes the features' own lines, and the minutes of guided talks and turns
HELP = (
    "*Write what is on your mind, and I'll tell you which kind of help fits, and why.*\n"
    "• `/coach-me I keep putting off a talk with my manager`\n"
    "• For an answer from a colleague: `/ask-mentor`."
)
ALL_WAYS = "What you can write"
WHOLE_HELP = (
    "*Write what is on your mind, and I'll tell you which kind of help fits, and why.*\n"
    "• `/coach-me I keep putting off a talk with my manager`\n"
    "• A guided talk takes {shortest} to {longest} minutes in our messages, one question at a time. A script "
    "leads it, unless you let a model do so; it ends with one step of your own.\n"
    "{words}\n"
    "• `/coach-me stop` ends the talks that are open. `/coach-me privacy` says what is kept and sent.\n"
    "• For an answer from a colleague: `/ask-mentor`."
)
ASK_PERSON = "Ask a person about this"
ENDED, NONE_OPEN = (
    "The talk has ended. What you wrote in it is still there for you.",
    "No talk is open.",
)
BEGUN = "The talk has begun; it's in our messages."
