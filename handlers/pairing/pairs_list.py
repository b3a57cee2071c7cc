"""A programme's pairs as a list: a row for each mentee, and one for each ban; as a file, or as messages.

It has the columns of `waymark pair`, which can go on from it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from handlers.block_kit import blocks, mrkdwn, typed_text
from handlers.block_kit.picture import Picture, knock
from handlers.pairing import words_of_programmes as programme_words
from handlers.pairing.words import CohortWords
from kernel.desk import Desk
from kernel.store import Snapshot
from kernel.values import PersonId, TopicId
from matching.pairing.values import MatchedPair, Two, Unpaired
from mentoring.model.person import Person
from relationships.cohorts import participants
from relationships.cohorts.programme import MOST_PARTS, Programme

COLUMNS = ("mentee", "mentee_name", "mentor", "mentor_name", "decision", "for", "against", "why_not")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
PER_MESSAGE = 8 * blocks.VERBATIM  # characters


def rows(
    pairs: Iterable[MatchedPair], unpaired: Iterable[Unpaired], bans: Iterable[Two], words: CohortWords
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each mentee, and one for each ban."""
    for pair in pairs:
        names = (words.name(pair.mentee_id), pair.mentor_id, words.name(pair.mentor_id))
        said = ("; ".join(words.speaks_for(pair)), "; ".join(words.speaks_against(pair)), "")
        yield (pair.mentee_id, *names, "pin" if pair.is_pinned else "", *said)
    for alone in unpaired:
        yield (alone.mentee_id, words.name(alone.mentee_id), "", "", "", "", "", words.why_unpaired(alone))
    for one, other in sorted(bans):
        yield (one, words.name(one), other, words.name(other), "ban", "", "", "")


def text(table: Iterable[Sequence[str]]) -> str:
    """Rows as CSV below their heading; no spreadsheet takes a cell for a formula."""
    written = io.StringIO(newline="")
    out = csv.writer(written)
    out.writerow(COLUMNS)
    out.writerows([_harmless(cell) for cell in row] for row in table)
    return written.getvalue()


async def of_programme(desk: Desk, it: Programme, now: datetime) -> str:
    """The pairs of a programme as CSV, people by their Slack ids and names."""
    result = it.result
    if result is None:
        return text([])
    pairs = await participants.with_grounds(desk, it, result.pairs, now)
    alone = [each.unpaired() for each in result.alone]
    bans = [Two(*two) for two in it.bans]
    named = {*(id for each in pairs for id in each.two), *(each.mentee_id for each in alone)}
    named |= {*(id for two in bans for id in two), *(id for each in alone for id in each.mentors)}
    called = await _called(desk, sorted(named))
    words = CohortWords(
        lambda id: called.get(PersonId(id)) or id,
        lambda topic: desk.topics.label(TopicId(topic)),
        result.priority,
        keeps_quiet=True,
    )
    return text(rows(pairs, alone, bans, words))


async def _called(desk: Desk, ids: Sequence[str]) -> dict[PersonId, str]:
    def view(read: Snapshot) -> dict[PersonId, str]:
        return {it.id: it.called for it in read.all(Person, ids)}

    return await desk.store.look(view)


def parts(whole: str) -> list[str]:
    """A list in as many pieces as it needs messages; where these are too many, the last says that."""
    seen = typed_text.visible(whole)
    pieces = [seen[start : start + PER_MESSAGE] for start in range(0, len(seen), PER_MESSAGE)]
    return pieces if len(pieces) < MOST_PARTS else [*pieces[: MOST_PARTS - 2], programme_words.CUT]


def message(it: Programme, number: int, whole: str, me: PersonId) -> Picture | None:
    """One message of a list, by the number of its card; the first says that it comes."""
    part = number % MOST_PARTS
    if number // MOST_PARTS != it.listings or me != it.listed_for:
        return None
    if part == 0:
        said = programme_words.as_you_asked(mrkdwn.quoted(it.name))
        return knock(f"list:{number}", [blocks.section(said)], closing="")
    pieces = parts(whole)
    if part > len(pieces):
        return None
    return knock(f"list:{number}", blocks.verbatim(pieces[part - 1]), closing="")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
