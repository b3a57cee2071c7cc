"""The cards of a circle: what each of its people sees, and what stands in the conversation they share."""

from collections.abc import Callable, Sequence

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.circles import words
from handlers.pairing.words import why_these_people, why_you_two
from kernel.values import PersonId
from relationships.circles.circle import Circle

YES, NO, LEAVE, STAY = "circle.yes", "circle.no", "circle.leave", "circle.stay"


def card(
    it: Circle, me: PersonId, label: Callable[[str], str] = str, gone: frozenset[PersonId] = frozenset()
) -> Picture | None:
    """What one of its people sees; *label* is a topic's name, safe in mrkdwn, *gone* who is no member now."""
    if me not in it.everyone:
        return None
    if not it.is_in(me):
        return _out(it, me)
    if it.state == "ended":
        is_without = it.end == "no_mentor" and it.mentor_id in gone
        ended = words.MENTOR_GONE if is_without else words.ENDED[it.end or "closed"]
        said = f"{ended}\n{_about(it)}"
        return knock("ended", [blocks.section(said)], closing="")
    if it.is_torn(me):
        return knock(f"torn.{it.torn[me]}", torn(it, me), closing="")
    if it.state == "gathering":
        return _gathering(it, me, label)
    return _going(it, me, [each for each in it.mentee_ids if each in it.left & gone])


def torn(it: Circle, me: PersonId) -> list[Block]:
    """What somebody is asked who wishes to be kept apart from one who is in it."""
    stay = blocks.button(words.STAY_IN_IT, STAY, it.id)
    return [blocks.section(f"{words.TORN}\n{_about(it)}"), *blocks.actions([stay, _leave(it, me)])]


def room(it: Circle) -> Picture:
    """What stands in the conversation that they share: anew for each talk that is due."""
    if it.state == "ended":
        return quiet("ended", [blocks.section(words.ENDED[it.end or "closed"])])
    until = mrkdwn.day(it.ends_at) if it.ends_at else None
    first = words.welcome(mrkdwn.quoted(it.agreement.purpose), _about(it), rhythm(it), until)
    said = first if it.turn == 1 else words.TIME_FOR_NEXT
    return knock(f"turn.{it.turn}", [blocks.section(said)], closing=words.EARLIER)


def rows(it: Circle, me: PersonId) -> list[Block]:
    """What waits for somebody who hasn't answered."""
    return [blocks.section(f"{_head(it, me)}\n{_about(it)}"), *blocks.actions(_answers(it))]


def row(it: Circle, me: PersonId) -> Block:
    """A circle as it stands on Home."""
    state = words.going(len(it.mentees), rhythm(it)) if it.state == "going" else words.WAITING
    is_mentor = me == it.mentor_id
    who = words.YOU_MENTOR if is_mentor else words.circle_with(mrkdwn.mention(it.mentor_id))
    return blocks.section(f"{who}: {state}", _leave(it, me))


def rhythm(it: Circle) -> str:
    """How long and how often they talk."""
    return words.rhythm(it.agreement.minutes, it.agreement.every_weeks)


def _out(it: Circle, me: PersonId) -> Picture:
    if me in it.in_line:
        return knock("line", [blocks.section(words.IN_LINE)], closing="")
    said = words.LEFT if me in it.left else words.NOT_FOR_YOU
    return quiet("out", [blocks.section(f"{_head(it, me)}\n{said}")])


def _gathering(it: Circle, me: PersonId, label: Callable[[str], str]) -> Picture:
    until = mrkdwn.moment(it.answer_by)
    if me in it.answers:
        said = f"{words.youre_in(until)}\n{_about(it)}"
        return quiet("yes", [blocks.section(said), *blocks.actions([_leave(it, me)])])
    rules = words.rules(rhythm(it), it.agreement.months, until)
    shown = [blocks.section(f"{_head(it, me)}\n{_about(it)}"), *_why(it, me, label), blocks.context(rules)]
    asked = [*shown, *blocks.actions(_answers(it))]
    return quiet("stays", asked) if me in it.stays else knock("asked", asked, closing="")


def _why(it: Circle, me: PersonId, label: Callable[[str], str]) -> list[Block]:
    """What speaks for it: a mentee reads what is theirs, the mentor what is of each who may come."""
    if me == it.mentor_id:
        known = {id: it.reasons[id] for id in it.mentee_ids if id in it.reasons and it.is_in(id)}
        return [blocks.section(why_these_people(known, mrkdwn.mention, label))] if known else []
    mine = it.reasons.get(me)
    if not mine:
        return []
    return [blocks.section(why_you_two(mine, mrkdwn.mention(it.mentor_id), label, is_mentor=False))]


def _going(it: Circle, me: PersonId, gone: Sequence[PersonId]) -> Picture:
    begun = words.BEGUN if it.turn == 1 or it.room == "group" else words.NEXT_TALK
    said = f"{begun} {words.WHERE[it.room]}\n{_about(it)}"
    left = [blocks.context(words.not_here(mrkdwn.listed([mrkdwn.mention(each) for each in gone]), len(gone)))]
    shown = [blocks.section(said), *(left if gone else []), *blocks.actions([_leave(it, me)])]
    if it.room == "none":
        return knock(f"turn.{it.turn}", shown, closing="")
    return quiet("stays", shown) if me in it.stays else knock("going", shown, closing="")


def _head(it: Circle, me: PersonId) -> str:
    programme = mrkdwn.quoted(it.agreement.purpose)
    if me == it.mentor_id:
        return words.would_you_mentor(len(_who_may_be_in(it)), programme)
    return words.a_circle_with(mrkdwn.mention(it.mentor_id), programme)


def _about(it: Circle) -> str:
    mentees = mrkdwn.listed([mrkdwn.mention(each) for each in _who_may_be_in(it)])
    return words.about(mrkdwn.mention(it.mentor_id), mentees)


def _who_may_be_in(it: Circle) -> Sequence[PersonId]:
    """The mentees who are in it, or may still say yes; of one that has ended all who were asked."""
    if it.state == "ended":
        return it.mentee_ids
    return it.mentees if it.state == "going" else [each for each in it.mentee_ids if it.is_in(each)]


def _answers(it: Circle) -> list[Element]:
    return [
        blocks.button(words.IM_IN, YES, it.id, style="primary"),
        blocks.button(words.NOT_FOR_ME, NO, it.id),
    ]


def _leave(it: Circle, me: PersonId) -> Element:
    title, yes, no = words.LEAVE_SURE
    what = words.ENDS_WITHOUT_MENTOR if me == it.mentor_id else words.NOBODY_ASKS
    sure = blocks.confirmation(title, what, yes, no)
    return blocks.button(words.LEAVE, LEAVE, it.id, style="danger", confirm=sure)
