"""The card of an admin who had pairs proposed: what came of them, until all have answered or lapsed."""

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.pairing import page
from handlers.pairing import words_of_programmes as said
from kernel.values import PersonId
from relationships.cohorts.programme import Programme
from relationships.cohorts.result import ProposalTally


def card(it: Programme, me: PersonId) -> Picture | None:
    """What came of the proposals so far; it comes anew once nobody is waited for."""
    if me != it.sent_by or not it.sending:
        return None
    name = mrkdwn.quoted(it.name)
    if it.tally is None:
        return quiet("taken_back", [blocks.section(said.taken_back(name))])
    head = said.answers(name, counted(it.tally))
    if it.tally.waiting:
        return knock(f"asked.{it.sending}", [blocks.section(head)], closing="")
    again = [blocks.context(said.CAN_PAIR_AGAIN)] if it.is_open and it.tally.yes < it.tally.all else []
    way = blocks.actions([blocks.button(said.PAIRS_AND_PEOPLE, page.OPEN, it.id)])
    shown = [blocks.section(f"{head}\n{said.ALL_IN}"), *again, *way]
    return knock(f"settled.{it.sending}", shown, closing="")


def counted(it: ProposalTally) -> str:
    """How many were proposed, and what came of them: 12 proposed · 9 yes · 2 no · 1 lapsed."""
    rest = {
        said.YES: it.yes,
        said.NO: it.no,
        said.LAPSED: it.lapsed,
        said.FELL_THROUGH: it.gone,
        said.WAITING: it.waiting,
    }
    return " · ".join(
        [said.all_proposed(it.all), *(f"{number} {what}" for what, number in rest.items() if number)]
    )
