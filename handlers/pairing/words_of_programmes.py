"""Everything that mentoring programmes say in Slack, but how pairs are spoken of: that is `words.py`.

Names, quotations and times come as they are to be shown.
"""

from collections.abc import Mapping

from handlers.block_kit.counts import counted
from relationships.cohorts.programme import Deed, Form, ReadList, Side

# The page: its parts
PROGRAMME, PROGRAMMES = "Mentoring programme", "Mentoring programmes"
WITHOUT, WHO_MOVES, NOT_PROPOSED = "Without a mentor", "Who moves", "Not proposed"
THE_PAIRS: Mapping[Form, str] = {"pairs": "The pairs", "circles": "The circles"}
NOBODY, EARLIER, MORE = "Nobody.", "Earlier", "More"
LOOK_AGAIN = "Refresh"
CLOSED = "This programme is closed. Mentorships go on."
PRIVATE = (
    "Only admins see this page. It shows what people ask of the programme, and nothing that they note for "
    "themselves."
)
HOW_TO_JOIN = "People put themselves forward on their Home tab, or with `/ask-mentor programme`."
COMES = "*The pairs come as a list in your messages with me.*"

# The page: how things stand
DOING: Mapping[Deed, str] = {
    "pair": "*Pairing them now.* The pairs appear here in a few seconds.",
    "propose": "*I'm sending the proposals now.*",
    "take_back": "*Taking the proposals back now.*",
    "read": "*Reading the list now.*",
}
STOPPED_EARLY = "The pairing stopped early, so nothing was changed. Please try again."
PEOPLE_CHANGED = "Since then people have joined, left or changed what they ask for: pair again."
DECIDED_ANEW = "Your pins and bans aren't applied yet: pair again."
NOBODY_PAIRED = "*Nobody is paired yet.*"
UNDONE = "*The last change is undone.*"


def so_far(done: int, all: int, form: Form) -> str:
    """How many pairs, or mentees of circles, have been proposed."""
    return f"{done} of {all} {'pairs' if form == 'pairs' else 'mentees'} so far"


def started_by(who: str, at: str) -> str:
    """Who began what is under way."""
    return f"Started by {who}, {at}."


def taking_part(mentees: int, mentors: int, places: int, form: Form) -> str:
    """How many take part, and with how many places, where one mentor takes one mentee at a time."""
    look = counted(mentees, "person is looking", "people are looking")
    would = counted(mentors, "person would", "people would")
    if form == "circles":
        return f"{look} for a mentor. {would} mentor a circle."
    return f"{look} for a mentor. {would} mentor, with {counted(places, 'place')}."


def nothing_changed(why: str) -> str:
    """That a pin could not be."""
    return f"{why} Nothing was changed."


def moved(number: int) -> str:
    """How many have another mentor by the last change."""
    if not number:
        return "Nobody's mentor changes."
    return f"{counted(number, 'person has', 'people have')} another mentor now."


def pinned(one: str, other: str) -> str:
    """That a pin was saved."""
    return f"*Saved:* {one} is pinned to {other}."


def banned(one: str, other: str) -> str:
    """That a ban was saved."""
    return f"*Saved:* {one} and {other} won't be paired."


def freed(one: str, other: str) -> str:
    """That a pin or ban was taken away."""
    return f"*Saved:* {one} and {other} are neither pinned nor banned any more."


def swapped(one: str, other: str) -> str:
    """That a swap was saved."""
    return f"*Saved:* {one} and {other} swap mentors."


def mistakes(number: int) -> str:
    """That a list was not taken over."""
    return f":warning: *Nothing was changed:* the list has {counted(number, 'mistake')}."


def has_read(read: ReadList) -> str:
    """What a list changed."""
    if read.side == "pairs":
        return f"*Saved:* {counted(read.decided, 'pin or ban', 'pins and bans')}."
    changed = [f"{read.changed} changed"] if read.changed else []
    kept = [f"{read.kept} unchanged"] if read.kept else []
    return f"*Saved:* {read.side}: {', '.join([f'{read.fresh} new', *changed, *kept])}."


def proposed(going: int, waiting: int, ended: int, until: str | None, form: Form) -> str:
    """What became of the proposals, and until when they can be taken back."""
    begun = "agreed by both" if form == "pairs" else "in a circle that has begun"
    facts = [
        f"{going} {begun}" if going else "",
        f"{waiting} waiting for a yes" if waiting else "",
        f"{ended} ended" if ended else "",
    ]
    undo = f" You can take back any that aren't agreed on, until {until}." if until else ""
    all = going + waiting + ended
    who = counted(all, "pair is", "pairs are")
    who = who if form == "pairs" else f"{counted(all, 'mentee has', 'mentees have')} a circle"
    return f"{who} proposed: {', '.join(filter(None, facts))}.{undo}"


# The page: a pair
NOTHING_DECIDED, PIN_THIS = "Nothing decided", "Pin this pair"
NOT_THESE_TWO, SWAP_WITH_ANOTHER = "Not these two", "Swap with another pair"
PINNED = " · pinned"
BOTH_YES: Mapping[Form, str] = {"pairs": " · both said yes", "circles": " · the circle has begun"}
NOTHING_BEGAN = " · nothing began, or it has ended"
WHY_NOT: Mapping[str, str] = {
    "paused": "the mentor has paused helping",
    "full": "the mentor has as many mentees as they take on",
    "no_minutes": "the mentor has no minutes left in a week",
    "asked": "the two can't be matched",
    "self": "it's the same person",
    "already": "the two have a mentorship already",
    "withdrew": "one of the two no longer takes part",
    "few": "their circle has too few people",
    "guest": "one of the two is a guest",
    "left": "one of the two has left",
    "outside": "one of the two belongs to another workspace",
}
NO_MEMBER = "one of the two can't take part"


def alone(who: str, why: str) -> str:
    """Somebody without a mentor."""
    return f"*{who}*\n{why}"


def pair(mentee: str, mentor: str) -> str:
    """Two people."""
    return f"*{mentee}* with *{mentor}*"


def waits_for(who: str) -> str:
    """Whose yes is waited for."""
    return f" · waiting for {who}"


def not_proposed(pair: str, why: str) -> str:
    """Why two were not proposed."""
    return f"{pair}: {WHY_NOT.get(why, NO_MEMBER)}. Pair again, and I'll find somebody else."


# The page: its buttons
ADD_PEOPLE, BRING_IN, PIN_BAN_SWAP = "Add people", "Import a list", "Pin, ban or swap"
SEND_LIST, UNDO, TAKE_BACK, CLOSE = (
    "Send me the pairs as a list",
    "Undo the last change",
    "Take proposals back",
    "Close the programme",
)
UNDO_DAY = "You can take it back for 24 hours."
PROPOSE_SURE: Mapping[Form, str] = {
    "pairs": "Both people of each pair get a message and say yes or no. Anyone left without a pair hears "
    f"why. {UNDO_DAY}",
    "circles": "Everyone in each circle gets a message and says yes or no. Anyone left without one hears "
    f"why. {UNDO_DAY}",
}
PROPOSE, NOT_YET = "Propose", "Not yet"
TAKE_BACK_SURE = (
    "Take the proposals back?",
    "Unless both have said yes, both will hear that it isn't starting. Mentorships that have begun go on.",
    "Take them back",
    "Keep them",
)
CLOSE_SURE = (
    "Close this programme?",
    "Nobody can join any more, and no more pairs are made. Mentorships and open proposals go on.",
    "Close it",
    "Keep it open",
)


def pair_most(*, again: bool) -> str:
    """The button that pairs as many as can be."""
    return f"Pair most people{' again' if again else ''}"


def pair_best(*, again: bool) -> str:
    """The button that pairs as well as can be."""
    return f"Pair by best fit{' again' if again else ''}"


def see_pairs(number: int, form: Form) -> str:
    """The button to the pairs, or to the circles."""
    return f"See the {form} ({number})"


def with_count(name: str, number: int) -> str:
    """The button to another part."""
    return f"{name} ({number})"


def propose(number: int, form: Form) -> str:
    """The button that proposes."""
    return f"Propose {counted(number, form.removesuffix('s'))}"


# The forms of admins
START, START_SUBMIT = "Start a programme", "Start"
WHAT_NAME, FOR_INSTANCE = "What is it called?", "Mentoring 2027"
EVERYONE_READS = "Everyone who takes part reads this name."
HOW_THEY_MEET = "How do people meet?"
FORMS: Mapping[Form, str] = {
    "pairs": "In pairs: one mentor, one mentee",
    "circles": "In circles: one mentor with three to seven mentees",
}
HOW_IT_GOES = (
    "People put themselves forward as mentees and mentors. I work out the pairs, you check them, "
    "and then they say yes or no."
)
WHO_LOOKS, WHO_WOULD, ADD_THEM = "Who's looking for a mentor?", "Who would mentor?", "Add them"
WHAT_CHANGE, THE_MENTEE, THE_MENTOR = "What would you like to change?", "The mentee", "The mentor"
FOR_A_SWAP, PAIR_AGAIN = "For a swap: the other mentee.", "Pair again"
CHANGES_WITH = "Who should they swap mentors with?"
PIN = "Pin: keep these two as a pair"
BAN = "Ban: keep these two apart"
SWAP = "Swap: two mentees change mentors"
FREE = "Remove: undo a pin or a ban"
WHATS_IN_IT, AS_CSV, READ_IT = "What's in it?", "The list, as CSV", "Import it"
SIDES: Mapping[Side, str] = {
    "mentees": "Mentees: people who look for a mentor",
    "mentors": "Mentors: people who would mentor",
    "pairs": "Pairs: who is pinned or banned",
}
COLUMNS = (
    "Each row needs a `slack_id` or an `email`. `wishes` are people, favourites first; `needs` and `wants` "
    "are topics; `places` says how many somebody mentors. In a list of pairs: `mentee`, `mentor`, and "
    "`pin` or `ban` as `decision`."
)
NO_SCOPE = (
    "*I'm not allowed to read files here.* Somebody who manages apps can allow it (`files:read`).\n"
    "Until then it can be done where Waymark runs: `waymark pair mentees.csv mentors.csv --pairs pairs.csv "
    '--write` pairs from lists, and `waymark propose pairs.csv --programme "…" --send` proposes the pairs.'
)


def up_to(most: int) -> str:
    """How many can be added at a time."""
    return f"Up to {most} people at a time. They hear about it when a pair is proposed, and see it on Home."


def have_joined(fresh: int) -> str:
    """How many were added who took no part before."""
    if not fresh:
        return "*Saved:* everyone you chose takes part already."
    return f"*Saved:* {counted(fresh, 'person is', 'people are')} new."


# The card of who had pairs proposed, and the list in messages
ALL_IN = "Everyone has answered, or has run out of time."
CAN_PAIR_AGAIN = "Anyone without a mentor can be paired again: I'll find them somebody else."
PAIRS_AND_PEOPLE = "Pairs and people"
YES, NO, LAPSED, FELL_THROUGH, WAITING = "yes", "no", "lapsed", "fell through", "waiting"
CUT = "The list is longer than that. To send it whole as a file, I need the scope files:write."


def taken_back(name: str) -> str:
    """That the proposals were taken back."""
    return f"The proposals of {name} were taken back."


def answers(name: str, counts: str) -> str:
    """What came of the proposals."""
    return f"*{name}:* {counts}"


def all_proposed(number: int) -> str:
    """How many were proposed."""
    return f"{number} proposed"


def as_you_asked(name: str) -> str:
    """The first message of a list."""
    return f"*Here are the pairs of {name}.*"


# The command
NOBODY_LOOKS = (
    "No mentoring programme is looking for people right now. `/ask-mentor mentor` finds you a mentor at any "
    "time."
)
NONE_OPEN = "No programme is open."


# Home
NOT_PAIRED = "nobody is paired yet"
CHANGE_PART, TAKE_PART = "Change my part", "Take part"


def pairs_and_proposed(pairs: int, proposed: int) -> str:
    """How far a programme is."""
    return f"{counted(pairs, 'mentee')} paired, {f'{proposed} proposed' if proposed else 'not proposed yet'}"


def is_looking(name: str) -> str:
    """A programme in which somebody takes no part yet."""
    return f"{name} is looking for mentees and mentors."


def youre_in_as(name: str, role: str, *, by_admin: bool) -> str:
    """A programme in which somebody takes part."""
    told = f"An admin put you there as {role}." if by_admin else f"You're in as {role}."
    return f"{name}\n{told}"


# The form of who takes part, and what they see of it
LIKE_A_MENTOR, WOULD_MENTOR = "I'd like a mentor", "I'd mentor somebody"
WHAT_WOULD_YOU_LIKE = "What would you like?"
PAIRED_WITH = "Who would you like to be paired with?"
MENTOR_TO_KNOW = "What should your mentor know, ideally?"
MENTOR_NEEDS_TO_KNOW = "What must your mentor know?"
RATHER_NOBODY = "I'd rather find you nobody than someone without it."
HOW_MANY = "If you mentor: how many people?"
NEVER_MORE = "Never more than your overall limit. In circles you have three to seven at once."
WHO_SEES = (
    "Admins see what you choose here when they look at the pairs, and whoever you're paired with sees which "
    "of it they match. A pair begins only when both say yes."
)
YOURE_IN, YOURE_OUT = "You're in", "You're out"
STOP = "Stop taking part"
STOP_SURE = (
    "Stop taking part?",
    "What you chose here is deleted. A mentorship that has begun goes on.",
    "Stop taking part",
    "Stay in",
)
OUTSIDE = "`/ask-mentor mentor` finds you one at any time, outside the programme."
NOBODY_LEFT = "Nobody who fits had a place left."


def favourite_first(most: int) -> str:
    """How wishes are ranked."""
    return f"Favourite first, up to {most} people."


def in_as(role: str, name: str) -> str:
    """That somebody takes part."""
    return (
        f"*You're in as {role}:* {name}. Once the pairs are final, I'll "
        "message you. Until then you can change this on your Home tab."
    )


def out_of(name: str) -> str:
    """That somebody takes part no more."""
    return f"*You're out of {name}.* A mentorship that has begun goes on."


def role(*, mentee: bool, mentor: bool) -> str:
    """As what somebody takes part."""
    return " and ".join([*(["a mentee"] if mentee else []), *(["a mentor"] if mentor else [])])


def on_hold(name: str) -> str:
    """That pairs are being changed."""
    return f"{name}: the pairs are being changed. I'll message you once they're final."


def no_mentor(name: str, why: str) -> str:
    """What a mentee hears who is in no pair."""
    return f"*I couldn't find a mentor for you this time* in {name}. {why}"


def no_mentee(name: str) -> str:
    """What a mentor hears who is in no pair."""
    return f"There was no mentee for you this time in {name}. Thanks for offering."


# The words of commands


def puts_forward(command: str) -> str:
    return f"`{command} programme` puts you forward for a mentoring programme."


# What is refused
AT_WORK: Mapping[Deed, str] = {
    "pair": "pairing",
    "propose": "proposing the pairs of",
    "take_back": "taking back the proposals of",
    "read": "importing a list into",
}
NOT_PAIRABLE: Mapping[str, str] = {
    "mentees": "Nobody looks for a mentor here yet. Add people, or tell them of `/ask-mentor programme`.",
    "mentors": "Nobody would mentor here yet. Add people, or tell them of `/ask-mentor programme`.",
    "size": "These are too many people to pair at once. Split the programme, for example by site.",
    "proposed": "All pairs have been proposed already.",
}
NAME_EMPTY = "Write what the programme is called."
NAME_TOO_LONG = "This is {length} characters long; {limit} fit."
NAME_THERE = "A programme of this name is open already. Choose another name."
TOO_MANY_OPEN = "{limit} programmes are open, which is the most. Close one first."
CHOOSE_A_SIDE = "Choose at least one of the two."
FULL = (
    "{limit} people take part on one side, which is the most. Take somebody out first, or begin another "
    "programme."
)
THATS_YOU = "That's you. Choose colleagues."
UP_TO_PEOPLE = "Up to {limit} people fit."
UP_TO_TOPICS = "Up to {limit} topics fit."
TOPIC_GONE = "One of these topics is no longer there. Choose again."
NOT_OFFERED = "Choose one of the numbers offered."
CHOOSE_SOMEBODY = "Choose at least one person, in either field."
TOO_MANY_AT_ONCE = "Up to {limit} people fit at a time. Add the rest afterwards."
CANT_TAKE_PART = "One of these people can't take part: they aren't members, or have left."
CHOOSE_A_FILE = "Choose a file."
NOTHING_TO_SWAP = "This person has no mentor yet, so there is nothing to swap."
SWAP_IS_FOR_TWO = "A swap is for two mentees with different mentors."
NO_MENTEE_HERE = "This person doesn't look for a mentor in this programme."
NO_MENTOR_HERE = "This person doesn't mentor in this programme."


def at_work(who: str, do: Deed) -> str:
    """That something is under way by somebody's press."""
    return f"{who} is {AT_WORK[do]} this programme just now. Look again in a moment."
