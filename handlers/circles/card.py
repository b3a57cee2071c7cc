"""The cards of a circle: what each of its people sees, and what stands in the conversation they share."""

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from kernel.values import PersonId
from relationships.circles.circle import FEWEST, Circle

YES, NO, LEAVE, STAY = "circle.yes", "circle.no", "circle.leave", "circle.stay"
_RHYTHM = {60: "an hour"}
_ENDS = {
    "over": "*Your circle has ended:* its time is up. Thank you for taking part.",
    "closed": "*Your circle has ended.*",
    "taken_back": "*This circle won't start.* The programme's pairs are being changed.",
    "few": "*This circle won't continue.* Too few people are in it.",
    "no_mentor": "*This circle won't continue.* Its mentor can't take part.",
}


_IN_LINE = (
    "*You're out of this circle:* somebody in it now leads you, or you lead them. That's a rule, and only "
    "you are told."
)
_TORN = (
    "*You asked not to be matched with somebody in this circle.* Would you like to stay in it? Only you see "
    "this, and nobody is told why if you leave."
)


def card(it: Circle, me: PersonId) -> Picture | None:
    """Return what one of its people sees."""
    if me not in it.everyone:
        return None
    if not it.is_in(me):
        return _out(it, me)
    if it.state == "ended":
        return knock("ended", [blocks.section(f"{_ENDS[it.end or 'closed']}\n{_about(it)}")], closing="")
    if it.is_torn(me):
        return knock(f"torn.{it.torn[me]}", torn(it, me), closing="")
    if it.state == "gathering":
        return _gathering(it, me)
    return _going(it, me)


def torn(it: Circle, me: PersonId) -> list[Block]:
    """What somebody is asked who wishes to be kept apart from one who is in it."""
    stay = blocks.button("Stay in it", STAY, it.id)
    return [blocks.section(f"{_TORN}\n{_about(it)}"), *blocks.actions([stay, _leave(it, me)])]


def room(it: Circle) -> Picture:
    """Return what stands in the conversation that they share: anew for each talk that is due."""
    if it.state == "ended":
        return quiet("ended", [blocks.section(_ENDS[it.end or "closed"])])
    if it.turn == 1:
        until = f" until {mrkdwn.day(it.ends_at)}" if it.ends_at else ""
        said = (
            f"*Welcome to your circle* in {mrkdwn.quoted(it.agreement.purpose)}.\n"
            f"Mentor: {mrkdwn.mention(it.mentor_id)}. Mentees: {_names(it.mentees)}.\n"
            f"You talk for {rhythm(it)}{until}. For the first talk: who are you, and what would each of you "
            "like from this? When suits you? Agree on a time here."
        )
    else:
        said = (
            "*Time for your next talk.* When suits you? Agree on a time here, and begin with what each of "
            "you has tried since last time."
        )
    return knock(f"turn.{it.turn}", [blocks.section(said)], closing="An earlier reminder.")


def rows(it: Circle, me: PersonId) -> list[Block]:
    """Return what waits for somebody who hasn't answered."""
    return [blocks.section(f"{_head(it, me)}\n{_about(it)}"), *blocks.actions(_answers(it))]


def row(it: Circle, me: PersonId) -> Block:
    """Return a circle as it stands on Home."""
    people = "1 mentee" if len(it.mentees) == 1 else f"{len(it.mentees)} mentees"
    state = f"{people}, {rhythm(it)}" if it.state == "going" else "waiting for the others to say yes"
    who = "You mentor a circle" if me == it.mentor_id else f"A circle with {mrkdwn.mention(it.mentor_id)}"
    return blocks.section(f"{who}: {state}", _leave(it, me))


def rhythm(it: Circle) -> str:
    """Return how long and how often they talk."""
    length = _RHYTHM.get(it.agreement.minutes, f"{it.agreement.minutes} minutes")
    weeks = it.agreement.every_weeks
    return f"{length} every {'week' if weeks == 1 else f'{weeks} weeks'}"


def _out(it: Circle, me: PersonId) -> Picture:
    if me in it.in_line:
        return knock("line", [blocks.section(_IN_LINE)], closing="")
    said = "You've left this circle." if me in it.left else "Not for you: that's fine."
    return quiet("out", [blocks.section(f"{_head(it, me)}\n{said}")])


def _gathering(it: Circle, me: PersonId) -> Picture:
    until = mrkdwn.moment(it.answer_by)
    if me in it.answers:
        said = f"*You're in.* I'm waiting for the others, until {until} at the latest."
        return quiet("yes", [blocks.section(f"{said}\n{_about(it)}"), *blocks.actions([_leave(it, me)])])
    rules = (
        f"{rhythm(it).capitalize()} for {it.agreement.months} months. It begins when the mentor and at least "
        f"{FEWEST} mentees say yes. Please answer by {until}."
    )
    shown = [blocks.section(f"{_head(it, me)}\n{_about(it)}"), blocks.context(rules)]
    asked = [*shown, *blocks.actions(_answers(it))]
    return quiet("stays", asked) if me in it.stays else knock("asked", asked, closing="")


def _going(it: Circle, me: PersonId) -> Picture:
    where = {
        "group": "You share a group conversation: agree on times there.",
        "none": "Start a group message with them to agree on a time.",
        "wanted": "I'm opening a group conversation for you.",
    }[it.room]
    begun = "*Your circle has begun.*" if it.turn == 1 or it.room == "group" else "*Time for your next talk.*"
    shown = [blocks.section(f"{begun} {where}\n{_about(it)}"), *blocks.actions([_leave(it, me)])]
    if it.room == "none":
        return knock(f"turn.{it.turn}", shown, closing="")
    return quiet("stays", shown) if me in it.stays else knock("going", shown, closing="")


def _head(it: Circle, me: PersonId) -> str:
    if me == it.mentor_id:
        people = f"{len(it.mentee_ids)} mentees"
        return f"*Would you mentor a circle of {people}?* It's for {mrkdwn.quoted(it.agreement.purpose)}."
    mentor = mrkdwn.mention(it.mentor_id)
    return f"*A circle with {mentor} as its mentor,* for {mrkdwn.quoted(it.agreement.purpose)}."


def _about(it: Circle) -> str:
    people = it.mentees if it.state == "going" else it.mentee_ids
    return f"Mentor: {mrkdwn.mention(it.mentor_id)}. Mentees: {_names(people)}."


def _names(people: tuple[PersonId, ...]) -> str:
    return mrkdwn.listed([mrkdwn.mention(it) for it in people])


def _answers(it: Circle) -> list[Element]:
    return [
        blocks.button("I'm in", YES, it.id, style="primary"),
        blocks.button("Not for me", NO, it.id),
    ]


def _leave(it: Circle, me: PersonId) -> Element:
    is_mentor = me == it.mentor_id
    what = "Without its mentor the circle ends, and everyone is told." if is_mentor else "Nobody asks why."
    sure = blocks.confirmation("Leave the circle?", what, "Leave", "Stay")
    return blocks.button("Leave the circle", LEAVE, it.id, style="danger", confirm=sure)
