"""The card of an admin who had pairs proposed: what came of them, until all have answered or lapsed."""

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.pairing import page
from kernel.values import PersonId
from relationships.cohorts.programme import Programme
from relationships.cohorts.result import Tally

_ALL_IN = "Everyone has answered, or their time to is over."
_PAIR_AGAIN = "Whoever has no mentor can be paired again: I find somebody else for them."


def card(it: Programme, me: PersonId) -> Picture | None:
    """What came of the proposals so far; it comes anew once nobody is waited for."""
    if me != it.sent_by or not it.sending:
        return None
    name = mrkdwn.quoted(it.name)
    if it.tally is None:
        return quiet("taken_back", [blocks.section(f"The proposals of {name} were taken back.")])
    head = f"*{name}:* {counted(it.tally)}"
    if it.tally.waiting:
        return knock(f"asked.{it.sending}", [blocks.section(head)], closing="")
    again = [blocks.context(_PAIR_AGAIN)] if it.is_open and it.tally.yes < it.tally.all else []
    way = blocks.actions([blocks.button("Pairs and people", page.OPEN, it.id)])
    shown = [blocks.section(f"{head}\n{_ALL_IN}"), *again, *way]
    return knock(f"settled.{it.sending}", shown, closing="")


def counted(it: Tally) -> str:
    """How many were proposed, and what came of them: 12 proposed · 9 yes · 2 no · 1 lapsed."""
    rest = {"yes": it.yes, "no": it.no, "lapsed": it.lapsed, "fell through": it.gone, "waiting": it.waiting}
    return " · ".join(
        [f"{it.all} proposed", *(f"{number} {what}" for what, number in rest.items() if number)]
    )
