"""What is said about questions: on their cards and rows, in their forms, and where one is refused.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from collections.abc import Mapping, Sequence

from handlers.block_kit.counts import counted
from matching.values import Urgency
from mentoring.model.appointment import Unmet

# Receipts.


def someone_about(topics: str) -> str:
    return f"who can help with {topics}"


SOMEONE_BY_WORDS = "by your words, since I can't tell the topic"


def got_it(whom: str) -> str:
    return f"*Got it.* I'm looking for someone {whom}."


POSTED_IN_MESSAGES = "I'll keep you posted in your messages with me."
SAVED = "*Got it.* I'll keep you posted in your messages with me."

# The card while somebody is sought.
LOOKING = {
    "help": "Looking for someone who can help.",
    "peer_coaching": "Looking for a coaching partner.",
}
HELPER_LEFT = "The person who had said yes can't help any more."
UNMET: Mapping[Unmet, str] = {
    "no_time": "No time for your talk was chosen.",
    "by_helper": "The person who had said yes can't make it after all.",
}
SOMEONE_ELSE_IS_SOUGHT = "I'm looking for someone else."
MOVED = "The newest message about this question is below."


def every(span: str) -> str:
    return f"I'll try again every {span}"


def until_needed(every: str, when: str) -> str:
    return f"{every}, until {when}."


CHOOSING = "I'm choosing who to ask."


def so_far(asked: int) -> str:
    return f" ({asked} asked so far)"


def they_have_until(when: str) -> str:
    return f" They have until {when}."


def asking_several(people: int, so_far: str, until: str) -> str:
    return f"I'm asking {people} people at once{so_far}; the first to say yes gets it.{until}"


def asking_one(so_far: str, until: str) -> str:
    return f"I'm asking 1 person now{so_far}.{until}"


WHO_KNOWS = "Someone who knows this"
WHO_FITS = "Someone who fits"
WHO_WAS_PICKED = "The person you picked"
CANT_BE_ASKED_YET = "can't be asked yet"
HAS_ANOTHER_FIRST = "has another question first"


def held_by_another(who: str, why: str) -> str:
    return f"{who} {why}. I'll ask as soon as they can take this one."


DO_NOT_DISTURB = "has do-not-disturb on until"
STARTS_WORK = "starts work"


def held_until(who: str, does: str, when: str) -> str:
    return f"{who} {does} {when} your time. I'll ask then."


NO_NEED_TO_WAIT = "I'll tell you here as soon as somebody says yes. No need to sit and wait."


WITH_NO_TOPIC = "questions with no topic"


def usual_wait(about: str, whom: str, span: str) -> str:
    return f"For {about}{whom}, people here usually say yes within {span}"


def usual_of(usual: str, asks: int) -> str:
    return f"{usual} (from {asks} questions in 90 days)."


# The card once somebody has said yes.
YES = {"help": "can help you", "peer_coaching": "will be your coaching partner"}


def has_own_card(yes: str) -> str:
    return f"{yes} Your talk is in a newer message below."


def they(why: str) -> str:
    return f" They {why}."


SOMEONE = "Someone"

# The card where nobody takes it, and the ways out.


def no_one_yet(why: str, next: str) -> str:
    return f"*No one yet.* {why} {next}"


WHAT_NOW = "What now?"


def refused_by_channel(where: str) -> str:
    return f"I couldn't post it in {where}: Slack refused it. Nobody has read it there."


SEE_POST = "see the post"


def posted(where: str, link: str) -> str:
    return f"It's posted in {where}{link}. The first person there to say yes gets it."


def posting(where: str) -> str:
    return f"I'm posting it in {where}."


def can_post_in(channel: str) -> str:
    return f"The channel is <#{channel}>."


def asked(asked: int) -> str:
    return f"({counted(asked, 'person', 'people')} asked)"


def nobody_at_work_in_time(needed: str) -> str:
    return f"It's {needed}, and nobody I can ask will be at work by then."


def first_starts(late: str, when: str) -> str:
    return f"{late} The first of them starts work {when} your time."


def nobody_so_far(asked: str) -> str:
    return f"nobody could take it so far {asked}"


NOBODY_TO_ASK = "I found nobody to ask"


def needed_by_now(nobody: str) -> str:
    return f"You needed this by now, and {nobody}."


def nobody_in_time(asked: str) -> str:
    return f"Nobody could take it in time {asked}."


def nobody_known(about: str) -> str:
    return f"I don't know anyone I can ask about {about} right now, so I haven't asked anyone."


ADMIN_HAS_SEEN = "An admin has seen to it."


def admin_looks(admin: str) -> str:
    return f"{admin} is looking for someone."


def admins_asked(count: int) -> str:
    return f"I've asked {counted(count, 'admin')} to find someone."


NO_OTHER_ADMIN = "I don't know another admin here, so nobody was told. It goes to the first one I find."
ADMINS_UNKNOWN = "I'm passing it on to the admins. I don't know who they are yet, so nobody has it so far."
WAIT_UNTIL_THEN = "Wait until then"
KEEP_LOOKING = "Keep looking"
KEEP_LOOKING_A_WEEK = "Keep looking for a week"
THINK = "Think it through myself"
TAKE_POST_BACK_SURE = "Remove the post?"


def post_will_go(channel: str) -> str:
    return f"I'll remove the post from <#{channel}>. Your question stays open."


TAKE_IT_BACK = "Remove it"
TAKE_POST_BACK = "Remove the post"
AND_NAME_HIDDEN = " Your name won't be shown."
AND_NAME_SHOWN = " Your name will be shown."
POST_SURE = "Post it in the topic's channel?"


def channel_can_read(channel: str, name: str) -> str:
    return f"Everyone in <#{channel}> will then be able to read your question.{name}"


POST_IT = "Post it"
TRY_CHANNEL_AGAIN = "Try the channel again"
POST_IN_CHANNEL = "Post it in the channel"
NAME_HIDDEN = "Your name won't be shown."
NAME_SHOWN = "Your name will be shown."


def admins_will_read(name: str) -> str:
    return f"The admins of this workspace will then read your question. {name}"


ASK_ADMINS_SURE = "Ask the admins?"
ASK_THEM = "Ask them"
ASK_ADMINS = "Ask the admins"

# The card after a session, a withdrawal, or a search that ended.
TALK_OVER = "*This talk is over.* If something is still open, somebody else may help:"


def with_helper(helper: str) -> str:
    return f" with {helper}"


def talked_through(helper: str) -> str:
    return f"*You talked it through{helper}.* I hope it helped. If something is still open, ask again:"


COACH_EACH_OTHER_AGAIN = "Coach each other again"
ASK_SAME_AGAIN = "Ask the same person again"
ASK_SOMEONE_ELSE = "Ask someone else"
WITHDRAWN = "Withdrawn. Anyone being asked sees that they don't need to answer any more."
WITHDRAWN_CARD = "*Withdrawn.* Ask again at any time with `/ask-mentor`."
WITHDRAWN_WITH_MESSAGE = (
    "*Withdrawn.* You deleted the message that this question came from. "
    "Ask again at any time with `/ask-mentor`."
)
ASK_IN_OTHER_WORDS = "Reword my question"


def nobody_found(asked: int) -> str:
    return f"*I found nobody for this one, and I've stopped looking* ({asked} asked). I'm sorry. What now?"


# Its buttons.
GET_SECOND_OPINION = "Get a second opinion"
CHANGE_TOPICS = "Change topics"
EDIT = "Edit"
WHOEVER_HAS_IT = "The person who has it now"
YOUR_TALK_ENDS = "Your talk ends. The other person"


def someone_else_sure(whom: str) -> str:
    return f"I'll look for someone else. {whom} sees that it's over, but not why."


SOMEONE_ELSE_QUESTION = "Someone else?"
SOMEONE_ELSE = "Someone else, please"
WITHDRAW_SURE = (
    "Withdraw this question?",
    "Anyone being asked sees that they don't need to answer any more.",
)
WITHDRAW = "Withdraw"

# The card of a text that is kept.
HELP = (
    "*Write what you're stuck on, and I'll find someone who can help.*\n"
    "• `/ask-mentor How do I profile asyncio? #python` asks at once; `/ask-mentor` alone opens a form.\n"
    "• `/coach-me` and a line tells you which kind of help fits."
)
WHOLE_HELP = (
    "*Write what you're stuck on, and I'll find someone who can help.*\n"
    "• `/ask-mentor How do I profile asyncio? #python` asks at once.\n"
    "• `/ask-mentor` alone opens a form.\n"
    "{words}"
    "• `/coach-me` and a line tells you which kind of help fits.\n"
    "Your own overview is on the *Home* tab."
)
BECAME_QUESTION = "You asked this. You'll find the question in our messages."
IN_THE_TALK = "Done. It's in the talk that you chose."
KEPT_NONE = "Done. I kept none of it."


def displaced(limit: int) -> str:
    return f"I keep your last {limit} texts, and this one made way. Write it again if you still need it."


QUESTION_OR_TALK = "*A new question, or part of a talk?*"
SHALL_I_FIND = "*Shall I find someone for this?*"
BY_BUTTON = "To answer the card above, press one of its buttons."


def talk_has_ended(asked: str) -> str:
    return f"This guided talk has ended. {asked}"


def all_kept(length: int) -> str:
    return f"All {length:,} characters are kept."


def nobody_has_seen(intro: str) -> str:
    return f"{intro} Nobody has seen it so far."


def send_to(name: str) -> str:
    return f"Send to {name}"


def answer_in(opening: str) -> str:
    """A text becomes the answer in the guided talk that began with *opening*."""
    return f"Answer in “{opening}”"


ASK_THIS = "Ask this"

# The form of a question.
ASK_A_MENTOR = "Ask a mentor"
CHANGE_YOUR_QUESTION = "Change your question"
ASK_ANYWAY = "Ask anyway"
ASK = "Ask"


def shortened(length: int, limit: int) -> str:
    return (
        f"Your text has {length:,} characters. The first {limit:,} are below, and the rest is kept: "
        "whoever helps you can read all of it."
    )


def quotes(author: str) -> str:
    return f"This includes what {author} wrote, and whoever I ask can read it. I won't ask them."


BEGUN = "Please finish your question: so far it doesn't say what it's about."
UNTOLD = "Please choose a topic below: from the words alone I can't tell whom to ask."


def untold_in(language: str) -> str:
    return f"I find topics by English words, and this is in {language}. Please choose a topic below."


STUCK_WITH = "What are you stuck on?"
EXAMPLE = "How do I find out why our nightly job got slow?"
TRIED = "What have you tried?"
TWO_LINES = "Two lines help a lot"
ABOUT = "What is it about?"
LEFT_EMPTY = {
    "yes": "Leave it empty, and I'll go by your question alone.",
    "maybe": "Leave it empty, and I'll go by your question if it says enough.",
    "no": "",
}
NEEDED = "Needed"
URGENCIES = {
    Urgency.NOW: "Right now",
    Urgency.TODAY: "Within a day",
    Urgency.THIS_WEEK: "This week",
}
FROM_WHOM = "From whom?"
WISHES = {
    "any": "Whoever fits best",
    "peer": "Someone at my level",
    "senior": "Someone more experienced",
    "reverse": "Someone earlier in their career",
}
HOW_LONG = "How long?"
MORE_CHOICES = "More choices"
WHOEVER = "whoever fits best"
WITH_NAME = "with your name"


def minutes(minutes: int) -> str:
    return f"{minutes} minutes"


def usual(*, lane: bool, minutes: int | None, name: bool) -> str:
    """What holds of a question of which nothing else was said; nothing where all was."""
    length = f"{minutes} minutes" if minutes else ""
    parts = [WHOEVER if lane else "", length, WITH_NAME if name else ""]
    said = ", ".join(filter(None, parts))
    return f"Unless you say otherwise: {said}." if said else ""


WITHOUT_NAME = "Ask without my name"
NAMES_LATER = "I'll pass messages both ways. Names are shown only when you both agree."
YOUR_NAME = "Your name"

# Where it isn't clear what a question is about.
WHICH = "*What is this about?* One tap, and I'll look for someone."
UNCLEAR = "*I can't tell what this is about.*"


def why_these(lines: Sequence[str]) -> str:
    return f"_Why these?_ {' · '.join(lines)}."


def sounds_like(question: str) -> str:
    return f"sounds like {question}"


SOMEONE_TAKES = "someone here takes"


def people_take(count: int) -> str:
    return f"{count} people here take"


def or_ask_around(unclear: str, who: str) -> str:
    return f"{unclear} Choose a topic, or I'll ask around: {who} any question."


SOMETHING_ELSE = "Something else"
CHOOSE_TOPIC = "Choose a topic"
ASK_WHO_TAKES_ANY = "Ask people who take any question"

# The same question twice.


def ago(span: str) -> str:
    return f"{span} ago"


A_MOMENT_AGO = "a moment ago"


def asked_already(ago: str) -> str:
    return f"*You asked this {ago}, and it's still open.* Add to it?"


IF_ANYWAY = "If you ask anyway, it goes to other people."
ADD_TO_IT = "Add to it"

# Thinking it through alone.
THINKING = (
    "*Thinking it through alone*\n"
    "Guided talks are switched off here. These three questions often help; take five minutes and write the "
    "answers down.\n"
    "*1.* What exactly should be different when this is solved?\n"
    "*2.* What have you tried, what happened, and what does that rule out?\n"
    "*3.* What is the smallest thing you could try in the next half hour, and what would it tell you?"
)
MEANWHILE = "\nYour question stays open meanwhile."

# How the other of a session is called where names are hidden.
YOUR_MENTOR = "your mentor"
WHO_ASKED = "the person who asked"

# The Home tab, and what is refused.


def all_questions(total: int) -> str:
    return f"All my questions ({total})"


NONE_OPEN = "None open. Ask whenever you're stuck; one line is enough."
MY_QUESTIONS = "My questions"
TAKEN_BY_SOMEBODY = "Somebody has said yes to this already: your talk is in your messages with me."
ASKED_ALREADY = "You've asked this already, and it's still open. Its card is in your messages with me."
NOT_THE_SAME = (
    "The person who helped you can't be asked right now. *Ask someone else* puts the same question to others."
)
OWN_QUESTION = "This is your own question. Somebody else will take it."


def too_many_open(limit: int) -> str:
    return (
        f"You have {limit} open questions and talks, which is as many as I can look after at a time. "
        "With `/ask-mentor status` you can withdraw a question or wrap up a talk; then ask again."
    )


FIELD_REFUSALS: Mapping[tuple[str, str], str] = {
    ("question", "empty"): "Write what you're stuck on, in a sentence or two.",
    ("question", "no_words"): "There are no words in this yet. Write what you're stuck on.",
    ("question", "too_long"): "This is {length} characters long; {limit} fit. Please shorten it.",
    ("tried", "too_long"): "This is too long; {limit} characters fit. Please shorten it.",
    ("topics", "empty"): "I can't tell what this is about. Please choose at least one topic.",
    ("topics", "too_many"): "At most {limit} topics fit. Keep those that matter most.",
    ("minutes", "unknown"): "Choose one of the lengths offered.",
    ("channel", "none"): "These topics have no channel that I could post in.",
}
